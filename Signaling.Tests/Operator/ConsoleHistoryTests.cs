using System.Text.Json;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Operator;

[Parallelizable(ParallelScope.Children)] // They wait for the ends of steps of 10 s.
internal sealed class ConsoleHistoryTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task What_happens_is_in_the_charts_whether_metrics_are_on_or_not(bool metrics)
    {
        await using var hub = await InProcessHub.StartAsync(options => options.Metrics.Enabled = metrics);
        await using var one = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        await using var other = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        await using var console = await ConsoleClient.OpenAsync(hub.Address);
        await using var views = console.WatchAsync("History").GetAsyncEnumerator();
        var points = new List<JsonElement>();

        for (var i = 0; i < 20; i++) (await one.SendDataAsync(other.Id, "1")).Succeeded();
        (await one.Client.InvokeAsync("Ping", """{"roundTripMs":30}""")).Succeeded();
        foreach (var local in new[] { "host", "relay" })
        {
            (await one.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-101","peerId":"{{other.Id}}","outcome":"connected","restarts":0,"iceSetupMs":200,"localCandidate":"{{local}}","remoteCandidate":"host"}""")).Succeeded();
        }

        (await one.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-101","peerId":"{{other.Id}}","outcome":"failed","failure":"ice","restarts":0}""")).Succeeded();
        other.Client.Abort();
        do
        {
            (await views.MoveNextAsync()).Should().BeTrue();
            views.Current.GetProperty("stepSeconds").GetInt32().Should().Be(10);
            points.AddRange(views.Current.GetProperty("regions").EnumerateArray().SelectMany(region => region.GetProperty("points").EnumerateArray()).Select(point => point.Clone()));
        }
        while (Sum("abnormalEnds") is 0 || points.Count < 2);

        points.Sum(point => point.GetProperty("signalsPerSecond").GetDouble()).Should().BeApproximately(2, 1e-6, "20 in ten seconds, or in twice ten");
        (Sum("iceConnected"), Sum("iceRelayed"), Sum("iceFailed"), Sum("abnormalEnds")).Should().Be((2, 1, 1, 1));
        points[^1].GetProperty("connections").GetInt32().Should().Be(1);
        Measured("clientRttMs").GetProperty("p50").GetDouble().Should().BeApproximately(30, 2.1);
        Measured("iceSetUpMs").GetProperty("p99").GetDouble().Should().BeApproximately(200, 14);
        Measured("relayMs").GetProperty("p50").GetDouble().Should().BePositive();
        points.Select(point => point.GetProperty("at").GetDateTimeOffset()).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems().And.OnlyContain(at => at.ToUnixTimeSeconds() % 10 == 0);

        int Sum(string count) => points.Sum(point => point.GetProperty(count).GetInt32());
        JsonElement Measured(string times) => points.Select(point => point.GetProperty(times)).First(quantiles => quantiles.ValueKind is JsonValueKind.Object);
    }
}
