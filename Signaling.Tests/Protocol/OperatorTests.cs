using System.Net;
using System.Net.Http.Headers;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

/// <summary>What an operator does to a running hub over HTTP.</summary>
internal sealed class OperatorTests
{
    private static readonly Dictionary<string, string> Configured = new()
    {
        ["Signaling__Access__Keys__0__Secret"] = "0123456789abcdef0123456789abcdef",
        ["Signaling__Drain__Spread"] = "00:00:01",
        ["Signaling__Drain__Deadline"] = "00:00:03",
    };

    [Test]
    public async Task Only_an_operators_token_drains_a_node_which_then_ends_by_itself()
    {
        await using var hub = HubProcess.Start(Configured);
        var address = await hub.AddressAsync();
        await using var peer = await RawClient.JoinAsync(new Uri(address, "signaling"), "math-101", token: await TokenAsync("--room", "math-101"));

        (await DrainAsync(address, null)).Should().Be(HttpStatusCode.Unauthorized);
        (await DrainAsync(address, "no.token.atall")).Should().Be(HttpStatusCode.Unauthorized);
        (await DrainAsync(address, await TokenAsync("--room", "*"))).Should().Be(HttpStatusCode.Forbidden);
        peer.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("GoingAway", StringComparison.Ordinal));
        (await DrainAsync(address, await TokenAsync("--operator"))).Should().Be(HttpStatusCode.Accepted);

        (await peer.Client.MessageAsync("GoingAway")).GetProperty("deadlineMs").GetInt32().Should().BeInRange(1, 3000);
        (await hub.ExitAsync()).Should().Be(0);
    }

    private static async Task<string> TokenAsync(params string[] grants)
    {
        var (exitCode, output) = await HubProcess.RunAsync(Configured, ["token", "--user", "mina", .. grants]);
        exitCode.Should().Be(0);
        return output.Trim();
    }

    private static async Task<HttpStatusCode> DrainAsync(Uri hub, string? token)
    {
        using var http = new HttpClient { BaseAddress = hub };
        if (token is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.PostAsync(new Uri("operator/drain", UriKind.Relative), null);
        return answer.StatusCode;
    }
}
