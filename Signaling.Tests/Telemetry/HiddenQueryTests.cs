using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Telemetry;

/// <summary>What the host's own endpoints, and whatever writes requests down, see of a query.</summary>
internal sealed class HiddenQueryTests
{
    private InProcessHub _hub = null!;
    private HttpClient _http = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await InProcessHub.StartAsync(map: app => app.MapFallback(context => context.Response.WriteAsync(
            $"{context.Request.QueryString} {context.Features.Get<IHttpRequestFeature>()?.RawTarget} {context.Request.Query["x"]}")));
        _http = new HttpClient { BaseAddress = _hub.Address };
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _http.Dispose();
        await _hub.DisposeAsync();
    }

    [TestCase("else?x=1&access_token=secret", " /else 1")]
    [TestCase("else?x=1&ACCESS_TOKEN=secret", " /else 1")]
    [TestCase("else?x=1&resume=secret", " /else 1")]
    [TestCase("Signaling/else?x=1&room=math-101", " /Signaling/else 1")]
    public async Task A_query_with_a_secret_can_be_read_by_name_and_not_as_text(string url, string seen) => (await _http.GetStringAsync(url)).Should().Be(seen);

    [Test]
    public async Task Any_other_query_is_the_hosts_own()
    {
        await _http.GetStringAsync("else?x=1&access_token=secret"); // On the same connection.

        (await _http.GetStringAsync("else?x=2&room=math-101")).Should().Be("?x=2&room=math-101 /else?x=2&room=math-101 2");
        (await _http.GetStringAsync("else")).Should().Be(" /else ");
    }
}
