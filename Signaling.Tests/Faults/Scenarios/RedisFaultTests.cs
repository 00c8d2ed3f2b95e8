using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>A Redis that restarts, forgets, freezes, fails over, and goes silent.</summary>
internal sealed class RedisFaultTests : FaultScenario
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_Redis_that_restarts_costs_nobody_anything_even_when_it_has_forgotten_all(bool keepsData)
    {
        await StartAsync();

        await Cluster.Redis!.RestartAsync(keepsData);
        await Cluster.ReadyAsync();

        await SurviveAsync();
        (await DirectorySizeAsync()).Should().Be(6, "all peers of the crowd are in the directory again");
    }

    [Test]
    public async Task A_hub_that_is_killed_while_Redis_forgets_all_costs_nobody_anything()
    {
        // In one room, which has peers on both hubs: of a room that was on the killed one alone, nobody is left to know.
        await StartAsync(crowd: new() { Rooms = 1 });

        await Task.WhenAll(Cluster.Nodes[0].Process.KillAsync(), Cluster.Redis!.RestartAsync(keepData: false));
        await Cluster.Nodes[1].ReadyAsync();

        await SurviveAsync();
    }

    [Test]
    public async Task Who_was_on_a_hub_that_was_killed_while_Redis_forgot_all_and_stays_away_leaves_once()
    {
        await StartAsync(settings: new Dictionary<string, string> { ["Signaling__Rooms__ResumeWindow"] = "00:00:03" });
        await using var watcher = await RawClient.JoinAsync(Cluster.Nodes[1].HubUrl, "lost");
        await using var peer = await RawResume.JoinResumableAsync(Cluster.Nodes[0].HubUrl, "lost");
        await watcher.Client.MessageAsync("PeerJoined");

        await Task.WhenAll(Cluster.Nodes[0].Process.KillAsync(), Cluster.Redis!.RestartAsync(keepData: false));

        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");
        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("node-lost");
        watcher.Client.Inbox.Seen.Count(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal)).Should().Be(1);
    }

    [Test]
    public async Task A_Redis_that_is_emptied_while_it_runs_is_filled_again()
    {
        await StartAsync();

        await Cluster.Redis!.CliAsync("FLUSHALL");

        await Eventually.TrueAsync(async () => await DirectorySizeAsync() is 6, "all peers are in the directory again");
        await SurviveAsync();
    }

    [Test]
    public async Task The_peers_of_a_hub_that_dies_while_Redis_has_forgotten_it_do_not_pass_for_connected()
    {
        await StartAsync();
        await using var watcher = await RawClient.JoinAsync(Cluster.Nodes[1].HubUrl, "forgotten");
        await using var peer = await RawResume.JoinResumableAsync(Cluster.Nodes[0].HubUrl, "forgotten");
        await watcher.Client.MessageAsync("PeerJoined");

        Cluster.Nodes[0].Process.Freeze();
        await Cluster.Redis!.CliAsync("FLUSHALL");
        await Cluster.Nodes[0].Process.KillAsync();

        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");
    }

    [Test]
    public async Task A_Redis_that_is_emptied_again_and_again_costs_nobody_their_place()
    {
        await StartAsync();

        for (var i = 0; i < 6; i++)
        {
            await Cluster.Redis!.CliAsync("FLUSHALL");
            await Crowd.TalkAsync(20);
            Cluster.Entry.Links[i % Cluster.Entry.Links.Count].Cut();
        }

        await Eventually.TrueAsync(async () => await DirectorySizeAsync() is 6, "all peers are in the directory again");
        await SurviveAsync();
    }

    [Test]
    public async Task With_a_frozen_Redis_one_node_goes_on_and_the_way_to_others_fails_fast_and_is_repaired()
    {
        await StartAsync();
        await using var one = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "frozen");
        await using var near = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "frozen");
        await using var far = await RawClient.JoinAsync(Cluster.Nodes[1].HubUrl, "frozen");
        await near.Client.MessageAsync("PeerJoined");

        Cluster.Redis!.Freeze();
        var began = TimeProvider.System.GetTimestamp();
        (await one.SendDataAsync(far.Id, "1")).Error.Should().BeEquivalentTo(new { Code = "peer-unreachable", Action = "retry-later" });
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(1.5));
        (await one.SendDataAsync(near.Id, "2")).Succeeded();
        (await near.SignalAsync()).GetProperty("data").GetInt32().Should().Be(2);
        await using var newcomer = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "frozen");
        (await one.SendDataAsync(newcomer.Id, "3")).Succeeded();
        await Cluster.Nodes[0].HealthAsync("ready", healthy: false);
        (await Cluster.Nodes[0].IsHealthyAsync("live")).Should().BeTrue();
        Cluster.Redis.Thaw();

        await Cluster.ReadyAsync();
        await Eventually.TrueAsync(async () => await RosterSizeAsync(far) is 4, "who joined meanwhile is known everywhere");
        await SurviveAsync();
    }

    [Test]
    public async Task A_peer_whose_resume_went_unanswered_is_not_lost_to_those_who_come_meanwhile()
    {
        await StartAsync(new() { ProxiesRedis = true });
        await using var watcher = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "unanswered");
        await using var peer = await RawResume.JoinResumableAsync(Cluster.Nodes[0].HubUrl, "unanswered");
        var node = Cluster.Nodes[1];
        peer.Client.Abort();

        node.Redis!.Down = node.Redis.Down with { Frozen = true }; // Redis does what it is asked; its answers do not come.
        await using var refused = await peer.TryResumeAsync(node.HubUrl);
        (await refused.RefusalAsync())!.Code.Should().Be("unavailable");
        node.Redis.Heal();
        await node.ReadyAsync();
        await using var newcomer = await RawClient.JoinAsync(node.HubUrl, "unanswered");
        await using var resumed = await peer.ResumeAsync(node.HubUrl);

        (await newcomer.RosterIdsAsync()).Should().BeEquivalentTo(watcher.Id, peer.Id, newcomer.Id);
        newcomer.Roster().Select(member => member.GetProperty("id").GetString()).Should().Contain(peer.Id);
        resumed.Id.Should().Be(peer.Id);
        watcher.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal));
        await SurviveAsync();
    }

    [Test]
    public async Task A_node_may_start_before_its_Redis()
    {
        await using var redis = await RedisProcess.StartAsync();
        await redis.StopAsync();
        await using var node = await Node.StartAsync(new ClusterOptions(), redis);
        await using var early = await RawClient.JoinAsync(node.HubUrl, "early");
        (await node.IsHealthyAsync("ready")).Should().BeFalse();
        (await node.IsHealthyAsync("live")).Should().BeTrue();

        await redis.StartDaemonAsync();

        await node.ReadyAsync();
        await Eventually.TrueAsync(async () => (await redis.CliAsync("HEXISTS", "signaling:room:{early}", $"s:{early.Id}")).EndsWith('1'), "the directory has it");
    }

    [Test]
    public async Task Subscribers_that_Redis_drops_are_back_and_miss_nothing_for_good()
    {
        await StartAsync();

        for (var i = 0; i < 3; i++)
        {
            await Cluster.Redis!.CliAsync("CLIENT", "KILL", "TYPE", "pubsub");
            await Crowd.TalkAsync(Talk / 4);
        }

        await SurviveAsync();
    }

    [Test]
    public async Task A_node_that_hears_nothing_although_publishing_succeeds_notices_and_heals_itself()
    {
        // With RESP2 what is subscribed has a connection of its own, which can fall silent alone.
        await StartAsync(new() { ProxiesRedis = true, ConnectionSuffix = ",protocol=resp2" });
        var node = Cluster.Nodes[0];
        var subscribers = await Cluster.Redis!.CliAsync("CLIENT", "LIST", "TYPE", "pubsub");
        var began = TimeProvider.System.GetTimestamp();

        foreach (var link in node.Redis!.Links.Where(link => subscribers.Contains($"addr=127.0.0.1:{link.PortAtServer} ", StringComparison.Ordinal))) link.Deafen();

        await Eventually.TrueAsync(() => node.Process.Output.Contains("Nothing arrives through the backplane", StringComparison.Ordinal), "it notices");
        TimeProvider.System.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(10));
        await node.ReadyAsync();
        await SurviveAsync();
    }

    [Test]
    public async Task A_node_that_is_cut_off_from_Redis_goes_on_alone_and_is_part_of_it_all_again_afterwards()
    {
        await StartAsync(new() { ProxiesRedis = true });

        Cluster.Nodes[0].Redis!.Refuses = true;
        Cluster.Nodes[0].Redis!.Cut();
        await Cluster.Nodes[0].HealthAsync("ready", healthy: false);
        await using var alone = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "alone");
        Cluster.Nodes[0].Redis!.Refuses = false;
        await Cluster.ReadyAsync();

        await using var other = await RawClient.JoinAsync(Cluster.Nodes[1].HubUrl, "alone");
        await Eventually.TrueAsync(async () => await RosterSizeAsync(other) is 2, "who joined alone is known");
        await SurviveAsync();
    }

    [Test]
    public async Task After_each_of_three_failovers_every_hub_is_with_the_new_master()
    {
        var set = Ours(await RedisSet.StartAsync());
        await StartAsync(new() { Redis = null, Connection = set.Client().ToString() });
        for (var i = 0; i < 3; i++)
        {
            var old = await set.MasterAsync();
            var master = await set.FailOverAsync();
            await Cluster.ReadyAsync();
            await Crowd.TalkAsync(Talk / 4);
            (await master.CliAsync("CLIENT", "LIST", "TYPE", "pubsub")).Split('\n').Length.Should().BeGreaterThanOrEqualTo(Cluster.Nodes.Count);
            await old.StartDaemonAsync();
        }

        await SurviveAsync();
    }

    private static async Task<int> RosterSizeAsync(RawPeer peer) =>
        (await peer.Client.InvokeAsync("GetRoster", $$"""{"room":"{{peer.Room}}"}""")).Result.GetProperty("peers").GetArrayLength();
}
