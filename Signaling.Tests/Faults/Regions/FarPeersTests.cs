using Signaling.Contracts;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Rooms that span regions, while nothing is wrong.</summary>
internal sealed class FarPeersTests : RegionScenario
{
    private static readonly TimeSpan Ocean = TimeSpan.FromMilliseconds(500);

    [Test]
    public async Task Peers_of_three_regions_with_two_nodes_each_talk_and_nothing_is_lost()
    {
        await StartAsync(new() { Names = ["seoul", "frankfurt", "virginia"], Nodes = 2, Delay = TimeSpan.FromMilliseconds(60) });

        await SurviveAsync();
    }

    [Test]
    public async Task A_join_sees_those_in_other_regions_at_once_from_its_own_redis()
    {
        await StartAsync(new() { Delay = Ocean });
        var began = TimeProvider.System.GetTimestamp();

        var room = await JoinAsync("frankfurt", "room-0");

        var took = TimeProvider.System.GetElapsedTime(began);
        room.Peers.Should().HaveCount(3).And.OnlyContain(peer => peer.State == PeerState.Connected);
        took.Should().BeLessThan(Ocean, "no answer is awaited from another region");
        await Eventually.TrueAsync(() => Crowd.Clients.Where(client => client.Room.Id == "room-0").All(client => client.Room.Peers.Any(peer => peer.Id == room.PeerId)), "the others see it");
        await room.LeaveAsync();
        await SurviveAsync();
    }

    [Test]
    public async Task A_slow_and_jittery_link_keeps_the_order_and_its_queues_stay_small()
    {
        await StartAsync(new() { Delay = TimeSpan.FromMilliseconds(150), Jitter = TimeSpan.FromMilliseconds(350) });

        await SurviveAsync();

        Regions.Links.Should().OnlyContain(link => link.Held < 1_000_000);
        StatesSeen().Should().OnlyContain(state => state == PeerState.Connected);
    }

    [Test]
    public async Task Who_leaves_or_changes_its_attributes_is_seen_to_in_other_regions()
    {
        await StartAsync();
        var watcher = await JoinAsync("seoul", "room-0");
        var room = await JoinAsync("frankfurt", "room-0");
        await Eventually.TrueAsync(() => watcher.Peers.Any(peer => peer.Id == room.PeerId), "it is seen");
        var left = new TaskCompletionSource<LeaveReason>();
        watcher.PeerLeft += leaving =>
        {
            left.TrySetResult(leaving.Reason);
            return Task.CompletedTask;
        };

        await room.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = "raised" });
        await Eventually.TrueAsync(() => watcher.Peers.Single(peer => peer.Id == room.PeerId).Attributes.GetValueOrDefault("hand") == "raised", "the hand is seen");
        await room.LeaveAsync();

        (await left.Task.WaitAsync(TimeSpan.FromSeconds(20))).Should().Be(LeaveReason.Left);
        await watcher.LeaveAsync();
        await SurviveAsync();
    }
}
