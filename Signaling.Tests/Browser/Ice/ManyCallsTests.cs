using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Playwright;
using Signaling.Contracts;

namespace Signaling.Tests.Browser.Ice;

/// <summary>One call after the other, through the hub, with our client and nothing else in the page.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ManyCallsTests : BrowserTest
{
    private const int Calls = 100;
    private const string Path = "/calls";

    private static readonly string Client = System.IO.Path.Combine(Repository.Root, "Signaling.Client", "js");

    private readonly RecordedReports _reports = new();

    [Test]
    public async Task A_hundred_calls_in_a_row_all_connect()
    {
        var answering = await OpenAsync();
        await answering.EvaluateAsync("calls.answer('math-101')");
        var calling = await OpenAsync();

        var outcome = await calling.EvaluateAsync<string>("count => calls.call('math-101', count)", Calls);

        var setUps = JsonSerializer.Deserialize<double?[]>(outcome)!;
        var connected = setUps.OfType<double>().Order().ToArray();
        await TestContext.Out.WriteLineAsync(
            $"{connected.Length} of {setUps.Length} calls connected ({100.0 * connected.Length / setUps.Length:0.#} %); from the join to the connection: "
            + $"p50 {At(connected, 0.5):0} ms, p90 {At(connected, 0.9):0} ms, p99 {At(connected, 0.99):0} ms, longest {connected.LastOrDefault():0} ms");
        connected.Should().HaveCount(Calls);
        for (var i = 0; i < 2 * Calls; i++) (await _reports.All.NextAsync()).Outcome.Should().Be(ConnectionOutcome.Connected);
    }

    protected override void AddServices(IServiceCollection services) => _reports.AddTo(services);

    protected override void Map(WebApplication app)
    {
        Serve(app, Path, System.IO.Path.Combine(Repository.Root, "Signaling.Tests", "Browser", "Ice"));
        Serve(app, $"{Path}/client", System.IO.Path.Combine(Client, "dist"));
        Serve(app, $"{Path}/signalr", System.IO.Path.Combine(Client, "node_modules", "@microsoft", "signalr", "dist", "browser"));
    }

    private static void Serve(WebApplication app, string path, string folder) =>
        app.UseFileServer(new FileServerOptions { RequestPath = path, FileProvider = new PhysicalFileProvider(folder) });

    private static double At(double[] sorted, double part) => sorted.Length is 0 ? double.NaN : sorted[(int)Math.Ceiling(part * sorted.Length) - 1];

    private async Task<IPage> OpenAsync()
    {
        var page = await NewPersonAsync();
        await page.GotoAsync(new Uri(Hub.Address, $"{Path}/").ToString());
        await page.WaitForFunctionAsync("window.calls");
        return page;
    }
}
