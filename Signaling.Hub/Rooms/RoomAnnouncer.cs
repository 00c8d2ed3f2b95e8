using Signaling.Contracts;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms;

/// <summary>Tells the other nodes of a room what has changed in it: one publish each.</summary>
internal sealed class RoomAnnouncer(INodeNetwork nodes, NodeNames names, RoomRepair repair)
{
    /// <summary>A peer has joined, changed or moved.</summary>
    public void Put(string room, IEnumerable<string> to, PeerEntry entry, RoomVersion version)
    {
        var (socket, info) = (PeerFields.Socket(entry), PeerFields.Info(entry));
        Tell(room, to, node => node.Put(room, version.Epoch, version.Number, socket, info));
    }

    /// <summary>A peer has left.</summary>
    public void Left(string room, IEnumerable<string> to, string peerId, LeaveReason reason, RoomVersion version) =>
        Tell(room, to, node => node.Remove(room, version.Epoch, version.Number, peerId, (int)reason));

    /// <summary>Something has changed that was not told; read it.</summary>
    public void Changed(string room, IEnumerable<string> to, RoomVersion version) => Tell(room, to, node => node.Changed(room, version.Epoch, version.Number));

    private void Tell(string room, IEnumerable<string> to, Func<INode, Task> tell)
    {
        foreach (var other in to.Where(node => !names.IsMine(node)).Distinct()) _ = TellAsync(room, other, tell);
    }

    private async Task TellAsync(string room, string other, Func<INode, Task> tell)
    {
        try
        {
            await tell(nodes.Of(other));
        }
        catch (NodeUnreachableException)
        {
            repair.Owe(room);
        }
    }
}
