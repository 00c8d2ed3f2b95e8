using Signaling.Contracts;
using Signaling.Hub.Nodes;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms;

/// <summary>Tells the other nodes of a room what has changed in it: one publish each.</summary>
internal sealed class RoomAnnouncer(INodeNetwork nodes, NodeNames names, RoomRepair repair)
{
    /// <param name="room">The room.</param>
    /// <param name="entry">The peer that has joined, changed or moved.</param>
    /// <param name="version">The directory's version with it.</param>
    /// <param name="former">The node that it has moved from, which may have no other peer in the room.</param>
    public void Put(Room room, PeerEntry entry, RoomVersion version, string? former = null)
    {
        IReadOnlyList<string> others = former is null || names.IsMine(former) ? room.OtherNodes() : [.. room.OtherNodes().Append(former).Distinct()];
        if (others.Count is 0) return;
        var (socket, info) = (PeerFields.Socket(entry), PeerFields.Info(entry));
        Tell(room.Id, others, node => node.Put(room.Id, version.Epoch, version.Number, socket, info));
    }

    public void Left(Room room, PeerEntry entry, LeaveReason reason, RoomVersion version) => Left(room.Id, room.OtherNodes(), entry.Id, reason, version);

    public void Left(string room, IEnumerable<string> others, string peerId, LeaveReason reason, RoomVersion version) =>
        Tell(room, others, node => node.Remove(room, version.Epoch, version.Number, peerId, (int)reason));

    /// <summary>Something has changed that was not told; read it.</summary>
    public void Changed(string room, IEnumerable<string> others, RoomVersion version) => Tell(room, others, node => node.Changed(room, version.Epoch, version.Number));

    private void Tell(string room, IEnumerable<string> others, Func<INode, Task> tell)
    {
        foreach (var other in others) _ = TellAsync(room, tell(nodes.Of(other)));
    }

    private async Task TellAsync(string room, Task telling)
    {
        try
        {
            await telling;
        }
        catch (NodeUnreachableException)
        {
            repair.Owe(room);
        }
    }
}
