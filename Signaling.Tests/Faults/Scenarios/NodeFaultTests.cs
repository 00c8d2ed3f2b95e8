using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>Hubs that crash, freeze, and are replaced.</summary>
internal sealed class NodeFaultTests : FaultScenario
{
    [Test]
    public async Task A_hub_that_is_killed_costs_nobody_anything()
    {
        await StartAsync();

        await Cluster.Nodes[0].Process.KillAsync();
        await Crowd.TalkAsync(Talk);
        await Cluster.Nodes[0].RestartAsync();
        await Cluster.Nodes[0].ReadyAsync();

        await SurviveAsync();
    }

    [Test]
    public async Task A_hub_that_is_frozen_for_a_moment_costs_nobody_anything()
    {
        await StartAsync();

        Cluster.Nodes[0].Process.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        Cluster.Nodes[0].Process.Thaw();

        await SurviveAsync();
    }

    [Test]
    public async Task A_hub_that_was_frozen_beyond_its_lease_takes_nothing_back_from_those_who_moved()
    {
        await StartAsync();

        Cluster.Nodes[0].Process.Freeze();
        await Crowd.TalkAsync(Talk); // All of them are on the other hub by the end of it.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System);
        Cluster.Nodes[0].Process.Thaw();
        await Eventually.TrueAsync(() => Cluster.Nodes[0].Process.Output.Contains("was lost; going on under a new id", StringComparison.Ordinal), "it notices that it lost its lease");

        await SurviveAsync();
    }

    [Test]
    public async Task The_peers_of_a_killed_hub_that_do_not_come_back_leave_once_for_that_reason()
    {
        await StartAsync(settings: new Dictionary<string, string> { ["Signaling__Rooms__ResumeWindow"] = "00:00:03" });
        await using var watcher = await RawClient.JoinAsync(Cluster.Nodes[1].HubUrl, "lost");
        await using var peer = await RawResume.JoinResumableAsync(Cluster.Nodes[0].HubUrl, "lost");
        await watcher.Client.MessageAsync("PeerJoined");

        await Cluster.Nodes[0].Process.KillAsync();

        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");
        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("node-lost");
        (await watcher.Client.InvokeAsync("GetRoster", """{"room":"lost"}""")).Result.GetProperty("peers").GetArrayLength().Should().Be(1);
        watcher.Client.Inbox.Seen.Count(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal)).Should().Be(1);
        await using var late = await peer.TryResumeAsync(Cluster.Nodes[1].HubUrl);
        (await late.RefusalAsync())!.Code.Should().Be("resume-expired");
    }

    [Test]
    public async Task Nothing_stays_in_Redis_of_a_room_whose_only_hub_was_killed()
    {
        await StartAsync(settings: new Dictionary<string, string> { ["Signaling__Rooms__ResumeWindow"] = "00:00:03" });
        await using var peer = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "orphan");
        (await Cluster.Redis!.CliAsync("EXISTS", "signaling:room:{orphan}")).Should().EndWith("1");

        await Cluster.Nodes[0].Process.KillAsync();

        await Eventually.TrueAsync(async () => (await Cluster.Redis.CliAsync("EXISTS", "signaling:room:{orphan}")).EndsWith('0'), "the room is gone");
    }

    [Test]
    public async Task Replacing_every_hub_under_load_loses_nothing()
    {
        await StartAsync();

        foreach (var node in Cluster.Nodes)
        {
            (await node.Process.TerminateAsync()).Should().Be(0);
            await node.RestartAsync();
            await node.ReadyAsync();
            await Crowd.TalkAsync(Talk);
        }

        await SurviveAsync();
    }

    [Test]
    public async Task A_hub_that_is_stopped_while_Redis_does_not_answer_ends_as_it_should()
    {
        await StartAsync(settings: new Dictionary<string, string> { ["Signaling__Drain__Deadline"] = "00:00:06" });

        Cluster.Redis!.Freeze();
        (await Cluster.Nodes[0].Process.TerminateAsync()).Should().Be(0);
        Cluster.Redis.Thaw();

        await SurviveAsync();
    }

    [Test]
    public async Task A_hub_that_drains_is_not_ready_but_lives_and_ends_at_its_deadline_whoever_stays()
    {
        await StartAsync(settings: new Dictionary<string, string> { ["Signaling__Drain__Deadline"] = "00:00:04" });
        var node = Cluster.Nodes[0];
        await using var stayer = await RawResume.JoinResumableAsync(node.HubUrl, "stay");

        var exit = node.Process.TerminateAsync();
        (await stayer.Client.MessageAsync("GoingAway")).GetProperty("deadlineMs").GetInt32().Should().BeInRange(1, 4000);
        (await node.IsHealthyAsync("ready")).Should().BeFalse();
        (await node.IsHealthyAsync("live")).Should().BeTrue();
        await using var newcomer = await RawClient.ConnectAsync(node.HubUrl, "room=stay");

        (await newcomer.RefusalAsync()).Should().BeEquivalentTo(new { Code = "going-away", Action = "retry" });
        (await exit).Should().Be(0);
        (await stayer.Client.RefusalAsync()).Should().BeEquivalentTo(new { Code = "going-away", Action = "retry" });
        await using var resumed = await stayer.ResumeAsync(Cluster.Nodes[1].HubUrl);
        resumed.Id.Should().Be(stayer.Id);
    }
}
