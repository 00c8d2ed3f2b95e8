using Signaling.Contracts;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub.Rooms;

/// <summary>Tells the other nodes of a room what has changed in it: one publish each in this region, and what <see cref="RegionAnnouncer"/> says for the others.</summary>
internal sealed class RoomAnnouncer(INodeNetwork nodes, RegionAnnouncer regions, Reachability reachability, NodeNames names, RoomRepair repair)
{
    /// <summary>A peer has joined, changed or moved.</summary>
    public void Put(string room, IEnumerable<string> to, PeerEntry entry, RoomVersion version)
    {
        PutOf(reachability.Own, room, to, entry, version);
        regions.Put(room, entry, version);
    }

    /// <summary>A peer has left.</summary>
    public void Left(string room, IEnumerable<string> to, string peerId, LeaveReason reason, RoomVersion version)
    {
        LeftOf(reachability.Own, room, to, peerId, reason, version);
        regions.Left(room, peerId, reason, version);
    }

    /// <summary>Something has changed that was not told; read it.</summary>
    public void Changed(string room, RoomSnapshot snapshot)
    {
        ChangedOf(reachability.Own, room, snapshot.Nodes, snapshot.Version);
        regions.Roster(room, snapshot);
    }

    /// <summary>Tells nodes of this region that a peer of any region has joined, changed or moved.</summary>
    public void PutOf(string region, string room, IEnumerable<string> to, PeerEntry entry, RoomVersion version)
    {
        var (socket, info) = (PeerFields.Socket(entry), PeerFields.Info(entry));
        Tell(room, to, (node, traceParent) => node.Put(region, room, version.Epoch, version.Number, socket, info, traceParent));
    }

    /// <summary>Tells nodes of this region that a peer of any region has left.</summary>
    public void LeftOf(string region, string room, IEnumerable<string> to, string peerId, LeaveReason reason, RoomVersion version) =>
        Tell(room, to, (node, _) => node.Remove(region, room, version.Epoch, version.Number, peerId, (int)reason));

    /// <summary>Tells nodes of this region that something has changed among the peers of any region.</summary>
    public void ChangedOf(string region, string room, IEnumerable<string> to, RoomVersion version) =>
        Tell(room, to, (node, _) => node.Changed(region, room, version.Epoch, version.Number));

    private void Tell(string room, IEnumerable<string> to, Func<INode, string?, Task> tell)
    {
        foreach (var other in to.Where(node => !names.IsMine(node)).Distinct()) _ = TellAsync(room, other, tell);
    }

    private async Task TellAsync(string room, string other, Func<INode, string?, Task> tell)
    {
        using var span = Spans.Publish("peer", null, other);
        try
        {
            await tell(nodes.Of(null, other), span?.Id);
        }
        catch (NodeUnreachableException)
        {
            repair.Owe(room);
        }
    }
}
