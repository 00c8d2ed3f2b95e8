using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>Two sockets resume one peer at the same instant, on two nodes or on one.</summary>
internal sealed class ResumeRaceTests
{
    private const int Rounds = 60;

    [Test]
    public async Task Of_two_sockets_that_resume_one_peer_at_once_exactly_one_is_the_peer_and_the_other_is_told()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.ReadyAsync();
        var watchers = await Task.WhenAll(cluster.Nodes.Select(node => RawClient.JoinAsync(node.HubUrl, "race")));
        var peer = await RawResume.JoinResumableAsync(cluster.Nodes[0].HubUrl, "race");
        var id = peer.Id;

        for (var round = 0; round < Rounds; round++)
        {
            if (round % 2 is 0) peer.Client.Abort(); // Else the older socket is there all the while.
            var nodes = round % 3 is 2 ? [cluster.Nodes[1], cluster.Nodes[1]] : cluster.Nodes;
            var rivals = await Task.WhenAll(nodes.Select(node => TryAsync(peer, node.HubUrl)));
            await peer.DisposeAsync();
            peer = await WinnerAsync([.. rivals.OfType<RawPeer>()]);

            peer.Id.Should().Be(id);
            (await peer.RosterIdsAsync()).Should().ContainSingle(one => one == id);
        }

        string[] all = [.. watchers.Select(watcher => watcher.Id).Append(id).Order()];
        await Eventually.TrueAsync(async () => (await Task.WhenAll(watchers.Select(watcher => watcher.RosterIdsAsync()))).All(roster => roster.Order().SequenceEqual(all)), "both nodes have it once");
        foreach (var watcher in watchers)
        {
            watcher.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal));
            await watcher.DisposeAsync();
        }

        await peer.DisposeAsync();
    }

    /// <returns><c>null</c> for one that was told that it came too late.</returns>
    private static async Task<RawPeer?> TryAsync(RawPeer former, Uri hub)
    {
        var client = await former.TryResumeAsync(hub);
        var (peer, refusal) = await client.AdmissionAsync();
        if (peer is not null) return peer;
        refusal!.Code.Should().Be("resume-expired");
        await client.DisposeAsync();
        return null;
    }

    private static async Task<RawPeer> WinnerAsync(RawPeer[] welcomed)
    {
        welcomed.Should().NotBeEmpty("one of them is the peer");
        if (welcomed is [var only]) return only;
        var told = welcomed.Select(one => one.Client.MessageAsync("Removed")).ToArray();
        var first = await Task.WhenAny(told);
        (await first).GetProperty("code").GetString().Should().Be("replaced");
        var (loser, winner) = told[0] == first ? (welcomed[0], welcomed[1]) : (welcomed[1], welcomed[0]);
        (await loser.Client.InvokeAsync("GetRoster", """{"room":"race"}""")).Code.Should().Be("not-in-room");
        (await winner.RosterIdsAsync()).Should().Contain(winner.Id, "not both are told to go");
        await loser.DisposeAsync();
        _ = told.Single(one => one != first).ContinueWith(ended => ended.Exception, TaskScheduler.Default); // Nothing more comes of it.
        return winner;
    }
}
