using System.Text.Json;
using Signaling.LoadTest.Reports;
using Signaling.Tests.Hosting;
using Signaling.Tests.Telemetry;

namespace Signaling.Tests.LoadTest;

/// <summary>The load test's executable against the hub's, and against hubs that lose, double and hang up.</summary>
[TestFixture]
internal sealed class LoadTestRunTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private const int WarmUpPeers = 16;

    private static readonly string[] TwentyPeers = ["--peers", "20", "--room-size", "4", "--ramp", "20", "--duration", "3s"];
    private static readonly string[] NoWarmUp = ["--warm-up", "0s"];
    private static readonly Dictionary<string, string> Development = new() { ["ASPNETCORE_ENVIRONMENT"] = "Development" };

    [Test]
    public async Task Calls_arrive_once_each_and_the_report_says_so()
    {
        await using var hub = HubProcess.Start(Development);

        var address = await hub.AddressAsync();

        var run = await LoadTestProcess.RunAsync(address, [.. TwentyPeers, "--script", "call", "--warm-up", "1s", "--threshold", "lost=0"]);

        run.ExitCode.Should().Be(0, run.Output);
        run.Number("peers", "connected").Should().Be(20);
        run.Number("peers", "failed").Should().Be(0);
        run.Number("signals", "sent").Should().BeGreaterThanOrEqualTo(5 * 6 * 2 * 9, "each pair of a room exchanges a description and at least 8 candidates both ways");
        ShouldHaveArrivedOnce(run);
        run.Output.Should().Contain("✓ lost=0").And.Contain("20 of 20 connected").And.Contain("p99.9");
        var ended = await Scrape.UntilAsync(address, """signaling_connections_ended_total{end="closed",age="under_10m"}""", 20 + WarmUpPeers);
        ended["""signaling_connections_ended_total{end="lost",age="under_10m"}"""].Should().Be(0, "a run leaves as users do who hang up");
    }

    [Test]
    public async Task A_fixed_rate_is_kept_with_minted_tokens()
    {
        await using var hub = HubProcess.Start(new Dictionary<string, string> { ["Signaling__Access__Keys__0__Secret"] = Secret });

        var run = await LoadTestProcess.RunAsync(await hub.AddressAsync(), [.. TwentyPeers, .. NoWarmUp, "--script", "rate", "--rate", "200", "--secret", Secret]);

        run.ExitCode.Should().Be(0, run.Output);
        ShouldHaveArrivedOnce(run);
        var seconds = run.Report.GetProperty("seconds").GetProperty("run").GetDouble();
        (run.Number("signals", "sent") + run.Number("signals", "skipped")).Should().BeInRange(600, (long)(200 * seconds) + 20, "a busy machine ends the 3 s late");
        var latency = run.Report.GetProperty("latencyMs");
        latency.GetProperty("count").GetInt64().Should().Be(run.Number("signals", "received"));
        latency.GetProperty("p50").GetDouble().Should().BePositive().And.BeLessThanOrEqualTo(latency.GetProperty("max").GetDouble());
        HistogramText.Decode(latency.GetProperty("histogram").GetString()!).TotalCount.Should().Be(latency.GetProperty("count").GetInt64());
        run.Report.GetProperty("joinMs").GetProperty("count").GetInt64().Should().Be(20);
    }

    [Test]
    public async Task A_broken_threshold_is_marked_and_ends_with_99()
    {
        await using var hub = HubProcess.Start(Development);

        var run = await LoadTestProcess.RunAsync(await hub.AddressAsync(), [.. TwentyPeers, .. NoWarmUp, "--script", "rate", "--threshold", "p99<1us", "--threshold", "failed=0"]);

        run.ExitCode.Should().Be(99, run.Output);
        run.Output.Should().Contain("✗ p99<1us").And.Contain("✓ failed=0");
        run.Report.GetProperty("thresholds").EnumerateArray().Select(verdict => verdict.GetProperty("holds").GetBoolean()).Should().Equal(false, true);
    }

    [Test]
    public async Task Every_signal_that_a_hub_loses_or_doubles_is_reported()
    {
        var relay = new FaultyRelay(loseEvery: 50, doubleEvery: 70);
        await using var hub = await relay.StartHubAsync();

        var run = await LoadTestProcess.RunAsync(hub.Address, [.. TwentyPeers, .. NoWarmUp, "--script", "rate", "--rate", "200", "--drain", "2s", "--threshold", "lost=0"]);

        run.ExitCode.Should().Be(99, run.Output);
        relay.Lost.Should().BePositive();
        relay.Doubled.Should().BePositive();
        run.Number("signals", "lost").Should().Be(relay.Lost);
        run.Number("signals", "duplicated").Should().Be(relay.Doubled);
        run.Report.GetProperty("incidents").GetArrayLength().Should().Be(relay.Lost + relay.Doubled);
        run.Report.GetProperty("incidents").EnumerateArray().Should().OnlyContain(incident => incident.GetProperty("from").GetString()!.Length > 0);
    }

    [Test]
    public async Task Peers_whose_connection_is_dropped_are_counted_and_come_back_without_a_false_loss()
    {
        var relay = new FaultyRelay(dropEvery: 100);
        await using var hub = await relay.StartHubAsync();

        var run = await LoadTestProcess.RunAsync(hub.Address, [.. TwentyPeers, .. NoWarmUp, "--script", "rate", "--rate", "200", "--drain", "2s"]);

        relay.Dropped.Should().BePositive();
        run.Report.GetProperty("abnormalDisconnects").GetInt64().Should().Be(relay.Dropped);
        run.Number("peers", "rejoined").Should().BePositive();
        run.Number("signals", "lost").Should().Be(0, run.Output);
        run.Number("signals", "duplicated").Should().Be(0);
    }

    [Test]
    public async Task Churn_makes_peers_leave_and_join_anew_and_loses_nothing()
    {
        await using var hub = HubProcess.Start(Development);

        var run = await LoadTestProcess.RunAsync(await hub.AddressAsync(), [.. TwentyPeers, .. NoWarmUp, "--script", "call", "--churn", "20", "--drain", "2s"]);

        run.ExitCode.Should().Be(0, run.Output);
        run.Number("peers", "churned").Should().BePositive();
        run.Number("signals", "lost").Should().Be(0, run.Output);
        run.Number("signals", "duplicated").Should().Be(0);
        run.Report.GetProperty("abnormalDisconnects").GetInt64().Should().Be(0);
        run.Report.GetProperty("joinMs").GetProperty("count").GetInt64().Should().BeGreaterThan(20);
    }

    [Test]
    public async Task A_full_room_is_retried_and_then_counted_by_its_code()
    {
        await using var hub = HubProcess.Start(new Dictionary<string, string>(Development) { ["Signaling__Rooms__Capacity"] = "3" });

        var run = await LoadTestProcess.RunAsync(
            await hub.AddressAsync(), "--peers", "4", "--room-size", "4", "--script", "idle", "--duration", "1s", "--retries", "2", "--warm-up", "0s");

        run.Number("peers", "connected").Should().Be(3, run.Output);
        run.Number("peers", "failed").Should().Be(1);
        run.Number("peers", "retries").Should().Be(2);
        run.Number("errors", "room-full").Should().Be(3);
    }

    [Test]
    public async Task Without_a_hub_it_says_where_it_could_not_connect_and_ends_with_1()
    {
        var run = await LoadTestProcess.RunAsync(new Uri("http://127.0.0.1:1/"), TwentyPeers);

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("http://127.0.0.1:1/signaling").And.NotContain("   at ");
        run.Report.ValueKind.Should().Be(JsonValueKind.Undefined, "nothing was measured");
    }

    private static void ShouldHaveArrivedOnce(LoadTestProcess run)
    {
        run.Number("signals", "received").Should().Be(run.Number("signals", "sent"), run.Output);
        run.Number("signals", "lost").Should().Be(0);
        run.Number("signals", "duplicated").Should().Be(0);
        run.Report.GetProperty("abnormalDisconnects").GetInt64().Should().Be(0);
        run.Report.GetProperty("errors").EnumerateObject().Should().BeEmpty();
    }
}
