using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>All sockets of a node are cut at once, and everyone comes back at once.</summary>
internal sealed class StormTests
{
    private const int Peers = 200;
    private const int Rooms = 8;
    private const int PerSecond = 40;
    private static readonly TimeProvider Time = TimeProvider.System;

    [Test]
    public async Task A_storm_is_served_as_a_queue_and_everyone_is_back_as_the_same_peer()
    {
        await using var cluster = await Cluster.StartAsync(new() { Settings = new Dictionary<string, string> { ["Signaling__Limits__ConnectsPerSecond"] = $"{PerSecond}" } });
        await cluster.ReadyAsync();
        await using var way = new FaultProxy(cluster.Nodes[0].HubUrl);
        var peers = Enumerable.Range(0, Peers).Select(i => new StormPeer(way.Url, Room(i))).ToArray();
        await Task.WhenAll(peers.Select(peer => peer.JoinAsync()));
        var watchers = await Task.WhenAll(Enumerable.Range(0, Rooms).Select(i => RawClient.JoinAsync(cluster.Nodes[1].HubUrl, Room(i))));
        var before = peers.Select(peer => peer.Peer.Id).ToArray();

        var began = Time.GetTimestamp();
        way.Cut();
        await Task.WhenAll(peers.Select(peer => peer.ComeBackAsync()));

        peers.Select(peer => peer.Peer.Id).Should().Equal(before);
        AssertBounded([.. peers.Select(peer => Time.GetElapsedTime(began, peer.BackAt)).Order()]);
        AssertSpread([.. peers.SelectMany(peer => peer.Refusals)]);
        await Eventually.TrueAsync(() => AgreeAsync(peers, watchers), "each room is the same on both nodes, without a ghost");
        foreach (var watcher in watchers)
        {
            watcher.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal));
            await watcher.DisposeAsync();
        }

        foreach (var peer in peers) await peer.DisposeAsync();
    }

    private static string Room(int i) => $"storm-{i % Rooms}";

    /// <summary>A burst of one second's worth, and then no more than the rate: what a slow machine delays only makes it fewer.</summary>
    private static void AssertBounded(TimeSpan[] admissions)
    {
        for (var i = 0; i < admissions.Length; i++)
        {
            (i + 1.0).Should().BeLessThanOrEqualTo(PerSecond + (PerSecond * admissions[i].TotalSeconds) + 1, "at {0} no more can have been let in", admissions[i]);
        }
    }

    private static void AssertSpread((long At, RawError Error)[] refusals)
    {
        refusals.Should().HaveCountGreaterThan(Peers / 2, "a storm beyond the rate is turned away");
        refusals.Should().OnlyContain(refusal => refusal.Error.Code == "unavailable" && refusal.Error.Action == "retry-later" && refusal.Error.RetryMs >= 1000);
        var slots = refusals.Select(refusal => Time.GetElapsedTime(refusals[0].At, refusal.At).TotalSeconds + (refusal.Error.RetryMs!.Value / 1000.0)).Order().ToArray();
        (slots[^1] - slots[0]).Should().BeGreaterThan(Peers / 2.0 / PerSecond, "they are to come back one after another");
        refusals.Select(refusal => refusal.Error.RetryMs).Distinct().Should().HaveCountGreaterThan(refusals.Length / 4);
    }

    private static async Task<bool> AgreeAsync(StormPeer[] peers, RawPeer[] watchers)
    {
        for (var i = 0; i < Rooms; i++)
        {
            var live = peers.Where((_, index) => index % Rooms == i).Select(peer => peer.Peer.Id).Append(watchers[i].Id).Order().ToArray();
            if (!live.SequenceEqual((await watchers[i].RosterIdsAsync()).Order())) return false;
            if (!live.SequenceEqual((await peers[i].Peer.RosterIdsAsync()).Order())) return false;
        }

        return true;
    }
}
