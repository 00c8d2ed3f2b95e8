using System.Collections.Concurrent;
using Signaling.Contracts;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Regions.Replicas;

/// <summary>Keeps the copies of other regions' rosters up to date, and tells the nodes of this region that nobody has told yet.</summary>
internal sealed class ReplicaKeeper(
    ReplicaStore store, RegionLinks links, Reachability reachability, NodeNames names, NodeInbox inbox, RoomAnnouncer announcer, BackgroundWork background, TimeProvider time)
{
    // Changes of several nodes overtake each other by less than this.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<(string Region, string Room), byte> _asking = new();

    public async Task PutAsync(string region, string room, RoomVersion version, byte[] socket, byte[] info, string[] told)
    {
        var entry = PeerFields.Read(socket, info, region);
        var kept = await store.PutAsync(region, room, version, entry.Id, socket, info);
        if (kept.HasGap) AskLater(region, room, version);
        announcer.PutOf(region, room, kept.Nodes.Except(told), entry, version);
        if (!told.Any(names.IsMine)) await inbox.Put(region, room, version.Epoch, version.Number, socket, info, traceParent: null);
    }

    public async Task RemoveAsync(string region, string room, RoomVersion version, string peerId, int reason, string[] told)
    {
        var kept = await store.RemoveAsync(region, room, version, peerId);
        if (kept.HasGap) AskLater(region, room, version);
        announcer.LeftOf(region, room, kept.Nodes.Except(told), peerId, (LeaveReason)reason, version);
        if (!told.Any(names.IsMine)) await inbox.Remove(region, room, version.Epoch, version.Number, peerId, reason);
    }

    public async Task ReplaceAsync(string region, string room, RoomVersion version, byte[][] fields)
    {
        var peers = fields.Chunk(2).Select(pair => (PeerFields.Read(pair[0], pair[1], region).Id, pair[0], pair[1]));
        if (await store.ReplaceAsync(region, room, version, peers) is not { Count: > 0 } nodes) return;
        announcer.ChangedOf(region, room, nodes, version);
        await inbox.Changed(region, room, version.Epoch, version.Number);
    }

    /// <summary>Renews the copies that are as the other region says, and asks for the others.</summary>
    public async Task CompareAsync(string region, string node, IEnumerable<(string Room, RoomVersion Version)> digest)
    {
        List<string> missing = [];
        foreach (var (room, version) in digest)
        {
            if (!await store.TouchAsync(region, room, version)) missing.Add(room);
        }

        if (missing.Count > 0) Ask(region, node, [.. missing]);
    }

    /// <summary>Asks for a roster unless what is missing has arrived in a moment.</summary>
    private void AskLater(string region, string room, RoomVersion version)
    {
        if (!_asking.TryAdd((region, room), 0)) return;
        background.Run(async () =>
        {
            await Task.Delay(Patience, time, background.Stopping);
            _asking.TryRemove((region, room), out _);
            if (await store.TouchAsync(region, room, version)) return;
            if (reachability.NodesOf(region) is [var node, ..]) Ask(region, node, [room]);
        });
    }

    private void Ask(string region, string node, string[] rooms)
    {
        try
        {
            links.Of(region, node).AskRosters(reachability.Own, names.Current, rooms);
        }
        catch (NodeUnreachableException)
        {
            // The next digest after the link is back asks again.
        }
    }
}
