using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Operator;
using Signaling.Hub.Operator.Console;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Operator;

/// <summary>Who may open the console.</summary>
internal sealed class ConsoleAccessTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Negotiate = "operator/console/hub/negotiate?negotiateVersion=1";

    private static readonly HttpClient Http = new();
    private static readonly string Operator = new RawToken { IsOperator = true }.SignHmac(Secret);
    private static readonly string Nobody = new RawToken().SignHmac(Secret);

    [Test]
    public async Task Only_an_operators_token_opens_it_from_header_or_query()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Access.Keys.Add(new() { Secret = Secret }), "Production");

        (await AskAsync(hub.Address)).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(hub.Address, "no.token.atall")).Should().Be(HttpStatusCode.Unauthorized);
        (await AskAsync(hub.Address, Nobody)).Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync(hub.Address, Operator)).Should().Be(HttpStatusCode.OK);
        (await AskAsync(hub.Address, query: $"&access_token={Nobody}")).Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync(hub.Address, query: $"&access_token={Operator}")).Should().Be(HttpStatusCode.OK);

        await using var console = await ConsoleClient.OpenAsync(hub.Address, Operator);
        (await console.FirstAsync("Overview")).GetProperty("region").GetString().Should().Be("local");
    }

    [Test]
    public async Task A_websocket_without_negotiation_needs_the_token_as_well()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Access.Keys.Add(new() { Secret = Secret }), "Production");
        var url = new Uri(hub.Address, "operator/console/hub");

        var refused = () => RawClient.ConnectAsync(url, $"access_token={Nobody}");

        (await refused.Should().ThrowAsync<System.Net.WebSockets.WebSocketException>()).WithMessage("*403*");
        await using var let = await RawClient.ConnectAsync(url, $"access_token={Operator}");
    }

    [Test]
    public async Task An_open_console_ends_with_its_token()
    {
        await using var hub = await InProcessHub.StartAsync(options =>
        {
            options.Access.Keys.Add(new() { Secret = Secret });
            options.Access.Leeway = TimeSpan.Zero;
        }, "Production");
        var brief = new RawToken { IsOperator = true, Expires = TimeProvider.System.GetUtcNow().AddSeconds(4) };
        await using var console = await ConsoleClient.OpenAsync(hub.Address, brief.SignHmac(Secret));
        await console.FirstAsync("Overview");
        console.Closed.IsCompleted.Should().BeFalse();

        await console.Closed;

        TimeProvider.System.GetUtcNow().Should().BeOnOrAfter(brief.Expires.Value.AddSeconds(-1), "a token's time has no parts of a second");
    }

    [Test]
    public async Task Guests_of_a_development_hub_may_look_but_no_page_of_another_origin_for_them()
    {
        await using var hub = await InProcessHub.StartAsync();

        (await AskAsync(hub.Address)).Should().Be(HttpStatusCode.OK);
        (await AskAsync(hub.Address, origin: hub.Address.GetLeftPart(UriPartial.Authority))).Should().Be(HttpStatusCode.OK);
        (await AskAsync(hub.Address, origin: "https://elsewhere.example.com")).Should().Be(HttpStatusCode.Forbidden);
        (await AskAsync(hub.Address, origin: "null")).Should().Be(HttpStatusCode.Forbidden);
    }

    [Test]
    public async Task With_an_address_for_operators_it_is_there_and_nowhere_else()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Operator.Url = "http://127.0.0.1:0");
        var operators = hub.Services.GetRequiredService<OperatorListener>().Address!;

        (await AskAsync(hub.Address)).Should().Be(HttpStatusCode.NotFound);
        await using var console = await ConsoleClient.OpenAsync(operators);

        (await console.FirstAsync("Overview")).GetProperty("nodes").GetArrayLength().Should().Be(1);
    }

    [Test]
    public async Task A_console_has_a_bounded_number_of_streams_and_questions_of_bounded_size()
    {
        await using var hub = await InProcessHub.StartAsync();
        await using var console = await ConsoleClient.OpenAsync(hub.Address);
        using var end = new CancellationTokenSource();
        var open = Enumerable.Range(0, StreamPlaces.MostOfConsole).Select(_ => console.WatchAsync("Overview", cancellation: end.Token).GetAsyncEnumerator()).ToArray();
        foreach (var stream in open) (await stream.MoveNextAsync()).Should().BeTrue();

        await Refused(() => console.FirstAsync("Overview"), "*at most 8 streams*");
        await end.CancelAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await console.FirstAsync("Overview");
                    return true;
                }
                catch (HubException)
                {
                    return false;
                }
            },
            "places are given back");

        await Refused(() => console.FirstAsync("Rooms", new { text = new string('x', 65), max = 1 }), "*at most 64*");
        await Refused(() => console.FirstAsync("Room", "no id"), "*no id of a room*");

        static async Task Refused(Func<Task> what, string why) => (await what.Should().ThrowAsync<HubException>()).WithMessage(why);
    }

    private static async Task<HttpStatusCode> AskAsync(Uri address, string? token = null, string query = "", string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, Negotiate + query));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (origin is not null) request.Headers.Add("Origin", origin);
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }
}
