using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Regions;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>What nodes measure of each other, of their Redis and of other regions; real processes and servers.</summary>
internal sealed class NodeMetricsTests
{
    [Test]
    public async Task Signals_to_another_node_count_where_they_are_sent_and_are_timed_where_they_arrive()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = new Dictionary<string, string> { ["Signaling__Nodes__Canary"] = "00:00:00.2", ["Signaling__Nodes__Lease"] = "00:00:03" } });
        await cluster.ReadyAsync();
        await using var sender = await RawClient.JoinAsync(cluster.Nodes[0].HubUrl, "math-101");
        await using var receiver = await RawClient.JoinAsync(cluster.Nodes[1].HubUrl, "math-101");
        await sender.Client.MessageAsync("PeerJoined");

        (await sender.SendDataAsync(receiver.Id, "1")).Succeeded();
        (await sender.Client.InvokeAsync("Send", """{"room":"math-101","data":2}""")).Succeeded();
        await receiver.SignalAsync();
        await receiver.SignalAsync();

        var sending = await Scrape.OfAsync(cluster.Nodes[0].Address);
        var receiving = await Scrape.UntilAsync(cluster.Nodes[1].Address, "signaling_signal_inbox_seconds_count", 2);
        sending["""signaling_signals_relayed_total{kind="data",path="node"}"""].Should().Be(2);
        sending["""signaling_signal_relay_seconds_count{path="node"}"""].Should().Be(2);
        receiving["signaling_signal_inbox_seconds_count"].Should().Be(2);
        receiving["""signaling_signals_relayed_total{kind="data",path="node"}"""].Should().Be(0);
        await Scrape.UntilAsync(cluster.Nodes[0].Address, "signaling_canary_seconds_count", 2);
        var node = await Scrape.UntilAsync(cluster.Nodes[0].Address, "signaling_redis_round_trip_seconds_count", 1);
        (node["signaling_redis_up"], node["signaling_lease_held"], node["signaling_canary_up"]).Should().Be((1, 1, 1));
        node["signaling_redis_round_trip_seconds_sum"].Should().BeInRange(0.000_01, 1);
    }

    [Test]
    public async Task A_frozen_Redis_shows_in_the_gauges_and_so_does_its_return()
    {
        await using var cluster = await Cluster.StartAsync(new() { Nodes = 1, Settings = new Dictionary<string, string> { ["Signaling__Nodes__Lease"] = "00:00:02" } });
        await cluster.ReadyAsync();
        var node = cluster.Nodes[0].Address;
        await Scrape.UntilAsync(node, "signaling_lease_held", 1);

        cluster.Redis!.Freeze();
        await Eventually.TrueAsync(async () => await Scrape.OfAsync(node) is var scrape && (scrape["signaling_redis_up"], scrape["signaling_lease_held"]) == (0, 0), "both are 0");
        cluster.Redis.Thaw();

        await Scrape.UntilAsync(node, "signaling_redis_up", 1);
        await Scrape.UntilAsync(node, "signaling_lease_held", 1);
    }

    [Test]
    public async Task The_delay_of_a_link_between_regions_is_measured_without_synchronised_clocks()
    {
        var there = TimeSpan.FromMilliseconds(200);
        await using var regions = await RegionSet.StartAsync(new() { Names = ["seoul", "frankfurt"], Nodes = 1, Delay = there, Jitter = TimeSpan.Zero });
        var (seoul, frankfurt) = (regions["seoul"].Nodes[0], regions["frankfurt"].Nodes[0]);
        await using var sender = await RawClient.JoinAsync(seoul.HubUrl, "math-101");
        await using var receiver = await RawClient.JoinAsync(frankfurt.HubUrl, "math-101");
        await sender.Client.MessageAsync("PeerJoined");

        (await sender.SendDataAsync(receiver.Id, "1")).Succeeded();
        await receiver.SignalAsync();
        var scrape = await Scrape.UntilAsync(seoul.Address, """signaling_region_link_round_trip_seconds_count{region="frankfurt"}""", 3);

        var mean = scrape["""signaling_region_link_round_trip_seconds_sum{region="frankfurt"}"""] / scrape["""signaling_region_link_round_trip_seconds_count{region="frankfurt"}"""];
        mean.Should().BeGreaterThan(2 * there.TotalSeconds * 0.95).And.BeLessThan(2 * there.TotalSeconds + 0.4);
        scrape["""signaling_region_link_up{region="frankfurt"}"""].Should().Be(1);
        scrape["""signaling_signals_relayed_total{kind="data",path="region"}"""].Should().Be(1);
        scrape.Series.Should().Contain("""signaling_region_link_queue{region="frankfurt"}""");

        regions.Cut();
        await Eventually.TrueAsync(async () => (await Scrape.OfAsync(seoul.Address))["""signaling_region_link_up{region="frankfurt"}"""] == 0, "the link is down");
    }
}
