using System.Security.Cryptography;
using System.Text;
using Signaling.Contracts;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub.Regions;

/// <summary>
/// Tells other regions what has changed in a room: in each, the nodes that have peers there, in order with the signals that follow, and one more node that keeps the copy
/// of the roster in that region's Redis. What does not get through is made up for by digests.
/// </summary>
internal sealed class RegionAnnouncer(RegionLinks links, RoomRegistry rooms, Reachability reachability)
{
    /// <summary>A peer of this region has joined, changed or moved.</summary>
    public void Put(string room, PeerEntry entry, RoomVersion version)
    {
        if (links.All.Count is 0) return;
        var (socket, info) = (PeerFields.Socket(entry with { ResumeHash = null, Former = null }), PeerFields.Info(entry)); // It is resumed in its own region only.
        Tell(
            room,
            (node, traceParent) => node.Put(reachability.Own, room, version.Epoch, version.Number, socket, info, traceParent),
            (keeper, told) => keeper.KeepPut(reachability.Own, room, version.Epoch, version.Number, socket, info, told));
    }

    /// <summary>A peer of this region has left.</summary>
    public void Left(string room, string peerId, LeaveReason reason, RoomVersion version) => Tell(
        room,
        (node, _) => node.Remove(reachability.Own, room, version.Epoch, version.Number, peerId, (int)reason),
        (keeper, told) => keeper.KeepRemove(reachability.Own, room, version.Epoch, version.Number, peerId, (int)reason, told));

    /// <summary>Something has changed that was not told.</summary>
    public void Roster(string room, RoomSnapshot snapshot)
    {
        if (links.All.Count > 0) Tell(room, null, (keeper, _) => Roster(keeper, room, snapshot));
    }

    /// <summary>Sends all that this region has in a room to one node of another region.</summary>
    public Task Roster(IRegionNode keeper, string room, RoomSnapshot snapshot)
    {
        var peers = snapshot.Peers.Select(entry => entry with { ResumeHash = null, Former = null });
        return keeper.KeepRoster(
            reachability.Own, room, snapshot.Version.Epoch, snapshot.Version.Number, [.. peers.SelectMany(entry => new[] { PeerFields.Socket(entry), PeerFields.Info(entry) })]);
    }

    /// <summary>The node of a region that keeps the copy of a room; all nodes here choose the same, as long as they hear the same.</summary>
    public string? KeeperOf(string region, string room) => reachability.NodesOf(region).MaxBy(node => Weight(room, node));

    private void Tell(string room, Func<INode, string?, Task>? tell, Func<IRegionNode, string[], Task> keep)
    {
        foreach (var link in links.All)
        {
            string[] told = tell is null ? [] : [.. rooms.Find(room)?.NodesOf(link.Region) ?? []];
            try
            {
                foreach (var node in told)
                {
                    using var span = Spans.Publish("peer", link.Region, node);
                    tell!(link.Of(node), span?.Id);
                }

                if (KeeperOf(link.Region, room) is { } keeper) keep(link.Of(keeper), told);
            }
            catch (NodeUnreachableException)
            {
                // A digest follows when the link is back.
            }
        }
    }

    private static ulong Weight(string room, string node) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{room} {node}")));
}
