using System.Text.Json;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Operator;

/// <summary>The console of two hub processes that share a real Redis.</summary>
internal sealed class ConsoleClusterTests
{
    // Neither a lease nor a canary comes due while something is counted.
    private static readonly Dictionary<string, string> Quiet = new() { ["Signaling__Nodes__Lease"] = "00:05:00", ["Signaling__Nodes__Canary"] = "00:01:00" };

    // A node that was killed is found soon, and what it held leaves soon.
    private static readonly Dictionary<string, string> Quick = new() { ["Signaling__Nodes__Lease"] = "00:00:02", ["Signaling__Rooms__ResumeWindow"] = "00:00:03" };

    [Test]
    public async Task One_node_shows_all_nodes_with_what_they_have()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = Quick });
        await cluster.ReadyAsync();
        await using var one = await RawClient.JoinAsync(cluster.Nodes[0].HubUrl, "math-101");
        await using var two = await RawClient.JoinAsync(cluster.Nodes[1].HubUrl, "math-101");
        await using var three = await RawClient.JoinAsync(cluster.Nodes[1].HubUrl, "physics");
        await using var console = await ConsoleClient.OpenAsync(cluster.Nodes[0].Address);

        var view = await console.UntilAsync("Overview", overview => Nodes(overview).Length is 2 && Nodes(overview).Sum(Peers) is 3 && Nodes(overview).All(HasRoundTrip)
            && overview.GetProperty("regions")[0].GetProperty("rooms").GetInt32() is 2); // Once each of the two nodes has heard of the other's peer.

        var region = view.GetProperty("regions").EnumerateArray().Single();
        region.GetProperty("isOwn").GetBoolean().Should().BeTrue();
        region.GetProperty("link").ValueKind.Should().Be(JsonValueKind.Null);
        (region.GetProperty("nodes").GetInt32(), region.GetProperty("connections").GetInt32(), region.GetProperty("peers").GetInt32()).Should().Be((2, 3, 3));
        Nodes(view).Select(Peers).Should().BeEquivalentTo([1, 2]);
        foreach (var node in Nodes(view))
        {
            node.GetProperty("state").GetString().Should().Be("ready");
            node.GetProperty("memoryMb").GetInt32().Should().BePositive();
            node.GetProperty("redis").GetProperty("up").GetBoolean().Should().BeTrue();
            node.GetProperty("startedAt").GetDateTimeOffset().Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(5));
        }
    }

    [Test]
    public async Task A_node_that_dies_is_shown_as_silent_and_then_not_at_all()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = Quick });
        await cluster.ReadyAsync();
        await using var console = await ConsoleClient.OpenAsync(cluster.Nodes[0].Address);
        await console.UntilAsync("Overview", overview => Nodes(overview).Length is 2);
        var seen = new List<JsonElement>();

        await console.UntilAsync("Overview", overview =>
        {
            if (seen.Count is 0) _ = cluster.Nodes[1].Process.KillAsync();
            seen.Add(overview);
            return seen.Count > 1 && seen.Exists(view => Nodes(view).Length is 2) && Nodes(overview).Length is 1;
        });

        seen.SelectMany(Nodes).Should().Contain(node => node.GetProperty("state").GetString() == "not-ready" && node.GetProperty("problem").GetString() == "no answer");
    }

    [Test]
    public async Task A_rooms_timeline_has_what_happened_on_all_its_nodes_in_order()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = Quick });
        await cluster.ReadyAsync();
        var (first, second) = (cluster.Nodes[0].HubUrl, cluster.Nodes[1].HubUrl);
        await using var mina = await RawClient.JoinAsync(first, "math-101", "Mina");
        await using var ben = await RawResume.JoinResumableAsync(second, "math-101", name: "Ben");
        await mina.Client.MessageAsync("PeerJoined");
        await DescribeAsync(mina, ben, "offer");
        await DescribeAsync(ben, mina, "answer");
        (await mina.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-101","peerId":"{{ben.Id}}","outcome":"connected","restarts":0,"iceSetupMs":142,"localCandidate":"relay","remoteCandidate":"host","protocol":"udp"}""")).Succeeded();
        (await ben.Client.InvokeAsync("SetAttributes", """{"room":"math-101","attributes":{"hand":"raised"}}""")).Succeeded();
        await mina.Client.MessageAsync("PeerUpdated");
        ben.Client.Abort();
        await mina.Client.MessageAsync("PeerStateChanged");
        await using var back = await ben.ResumeAsync(first);
        (await mina.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-101","peerId":"{{ben.Id}}","outcome":"failed","failure":"no-candidates","restarts":1}""")).Succeeded();
        await back.LeaveAsync();
        await using var console = await ConsoleClient.OpenAsync(cluster.Nodes[1].Address);

        var view = await console.UntilAsync("Room", room => Events(room).Length >= 10, "math-101");

        Events(view).Select(Line).Should().Equal(
            $"joined {mina.Id}",
            $"joined {ben.Id}",
            $"offer {mina.Id} > {ben.Id}",
            $"answer {ben.Id} > {mina.Id}",
            $"ice-connected {mina.Id} > {ben.Id} (142 ms, relay/udp)",
            $"updated {ben.Id}",
            $"reconnecting {ben.Id}",
            $"resumed {ben.Id}",
            $"ice-failed {mina.Id} > {ben.Id} (no-candidates)",
            $"left {ben.Id} (left)");
        Events(view).Select(one => one.GetProperty("node").GetString()).Distinct().Should().HaveCount(2);
        Events(view).Select(one => one.GetProperty("at").GetDateTimeOffset()).Should().BeInAscendingOrder();
        view.GetProperty("open").GetBoolean().Should().BeTrue();
        view.GetProperty("version").GetString().Should().NotBeNullOrEmpty();
        var peer = view.GetProperty("peers").EnumerateArray().Single();
        (peer.GetProperty("id").GetString(), peer.GetProperty("name").GetString(), peer.GetProperty("state").GetString(), peer.GetProperty("region").GetString()).Should().Be((mina.Id, "Mina", "connected", "local"));
    }

    [Test]
    public async Task Peers_of_a_node_that_dies_reconnect_and_then_leave_in_the_timeline_of_another()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = Quick });
        await cluster.ReadyAsync();
        await using var mina = await RawClient.JoinAsync(cluster.Nodes[0].HubUrl, "math-101");
        await using var ben = await RawResume.JoinResumableAsync(cluster.Nodes[1].HubUrl, "math-101");
        await mina.Client.MessageAsync("PeerJoined");
        await using var console = await ConsoleClient.OpenAsync(cluster.Nodes[0].Address);
        await console.UntilAsync("Room", room => States(room).SequenceEqual(["connected", "connected"]), "math-101");

        await cluster.Nodes[1].Process.KillAsync();

        await console.UntilAsync("Room", room => States(room).SequenceEqual(["connected", "reconnecting"]), "math-101");
        var view = await console.UntilAsync("Room", room => States(room).SequenceEqual(["connected"]), "math-101");
        Events(view).Select(Line).Should().Contain($"left {ben.Id} (node-lost)");
    }

    [Test]
    public async Task Nothing_is_asked_while_nobody_watches()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = Quiet });
        await cluster.ReadyAsync();
        await using var peer = await RawClient.JoinAsync(cluster.Nodes[0].HubUrl, "math-101");
        (await PublishedAsync(cluster, TimeSpan.FromSeconds(4))).Should().Be(0);

        await using (var console = await ConsoleClient.OpenAsync(cluster.Nodes[0].Address))
        {
            (await PublishedAsync(cluster, TimeSpan.FromSeconds(2))).Should().Be(0, "an open page that watches nothing asks nothing");
            await using var stream = console.WatchAsync("Overview").GetAsyncEnumerator();
            var before = await CommandStats.ReadAsync(cluster.Redis!);
            for (var round = 0; round < 4; round++) (await stream.MoveNextAsync()).Should().BeTrue();
            var spent = (await CommandStats.ReadAsync(cluster.Redis!)).Since(before);
            spent.Keys.Should().BeSubsetOf(["publish", "info", "ping", "auth"]);
            spent["publish"].Should().BeInRange(4, 12, "a round is a question and the other node's answer");
        }

        await PublishedAsync(cluster, TimeSpan.FromSeconds(2)); // What was under way.
        (await PublishedAsync(cluster, TimeSpan.FromSeconds(4))).Should().Be(0);
    }

    private static async Task<long> PublishedAsync(Cluster cluster, TimeSpan during)
    {
        var before = await CommandStats.ReadAsync(cluster.Redis!);
        await Task.Delay(during, TimeProvider.System);
        return (await CommandStats.ReadAsync(cluster.Redis!))["publish"] - before["publish"];
    }

    private static async Task DescribeAsync(RawPeer from, RawPeer to, string type)
    {
        (await from.Client.InvokeAsync("Send", $$$"""{"room":"{{{from.Room}}}","to":"{{{to.Id}}}","description":{"type":"{{{type}}}","sdp":"v=0\r\n"}}""")).Succeeded();
        await to.SignalAsync();
    }

    private static JsonElement[] Nodes(JsonElement overview) => [.. overview.GetProperty("nodes").EnumerateArray()];

    private static int Peers(JsonElement node) => node.GetProperty("peers").GetInt32();

    private static bool HasRoundTrip(JsonElement node) => node.GetProperty("redis").GetProperty("roundTripMs").ValueKind is JsonValueKind.Number;

    private static JsonElement[] Events(JsonElement room) => [.. room.GetProperty("timeline").EnumerateArray()];

    private static IEnumerable<string> States(JsonElement room) => room.GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("state").GetString()!);

    private static string Line(JsonElement what)
    {
        var (to, detail) = (what.GetProperty("to").GetString(), what.GetProperty("detail").GetString());
        return $"{what.GetProperty("kind").GetString()} {what.GetProperty("peer").GetString()}{(to is null ? "" : $" > {to}")}{(detail is null ? "" : $" ({detail})")}";
    }
}
