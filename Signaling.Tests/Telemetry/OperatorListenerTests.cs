using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Operator;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>An address of the operators' own.</summary>
internal sealed class OperatorListenerTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private static readonly HttpClient Http = new();

    [Test]
    public async Task Operators_are_served_at_their_own_address_and_nowhere_else()
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Operator.Url = "http://127.0.0.1:0");
        var operators = hub.Services.GetRequiredService<OperatorListener>().Address!;

        (await GetAsync(hub.Address, "metrics")).Should().Be(HttpStatusCode.NotFound);
        (await GetAsync(hub.Address, "operator/turn")).Should().Be(HttpStatusCode.NotFound);
        (await PostAsync(hub.Address, "operator/drain")).Should().Be(HttpStatusCode.NotFound);
        (await GetAsync(operators, "metrics")).Should().Be(HttpStatusCode.OK);
        (await GetAsync(operators, "operator/turn")).Should().Be(HttpStatusCode.Forbidden, "guests of a development hub are no operators");
        (await GetAsync(operators, "signaling")).Should().Be(HttpStatusCode.NotFound);
        (await GetAsync(operators, "health/live")).Should().Be(HttpStatusCode.NotFound);

        await using var peer = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        (await Scrape.OfAsync(operators))["signaling_connections"].Should().Be(1);
    }

    [Test]
    public async Task An_operators_token_passes_there_and_drains_the_whole_hub()
    {
        await using var hub = HubProcess.Start(new Dictionary<string, string>
        {
            ["Signaling__Access__Keys__0__Secret"] = Secret,
            ["Signaling__Operator__Url"] = "http://127.0.0.1:0",
        });
        await hub.AddressAsync();
        var operators = new Uri(hub.Output.Split('\n').First(line => line.Contains("Operators are served at ", StringComparison.Ordinal)).Split("at ")[1].Split(',')[0]);

        (await PostAsync(operators, "operator/drain")).Should().Be(HttpStatusCode.Unauthorized);
        (await PostAsync(operators, "operator/drain", new RawToken { IsOperator = true }.SignHmac(Secret))).Should().Be(HttpStatusCode.Accepted);
        (await hub.ExitAsync()).Should().Be(0);
    }

    [TestCase("https://127.0.0.1:9090")]
    [TestCase("127.0.0.1:9090")]
    [TestCase("http://127.0.0.1:9090/metrics")]
    public async Task An_address_that_cannot_be_meant_ends_the_start(string url)
    {
        var (exitCode, output) = await HubProcess.RunAsync(new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Signaling__Operator__Url"] = url });

        exitCode.Should().Be(1);
        output.Should().Contain("Operator");
    }

    [Test]
    public async Task An_address_that_is_taken_ends_the_start_and_names_the_option()
    {
        await using var other = await InProcessHub.StartAsync();

        var (exitCode, output) = await HubProcess.RunAsync(
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Signaling__Operator__Url"] = other.Address.GetLeftPart(UriPartial.Authority) });

        exitCode.Should().Be(1);
        output.Should().Contain("cannot start: Signaling:Operator:Url");
    }

    private static async Task<HttpStatusCode> GetAsync(Uri address, string path)
    {
        using var answer = await Http.GetAsync(new Uri(address, path));
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(Uri address, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Http.SendAsync(request);
        return answer.StatusCode;
    }
}
