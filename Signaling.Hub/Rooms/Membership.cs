using Signaling.Contracts;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms;

/// <summary>Being in a room: what a peer shows, and its leaving. The room on this node is told, the directory, and the other nodes of the room.</summary>
/// <remarks>While the directory is away everything goes on among the peers of this node; <see cref="RoomRepair"/> makes up for it.</remarks>
internal sealed class Membership(RoomRegistry rooms, IRoomDirectory directory, RoomAnnouncer announcer, RoomRepair repair, Chronicle chronicle)
{
    /// <summary>The peer that a connection is in a room.</summary>
    /// <exception cref="Refusal"><see cref="ErrorCode.NotInRoom"/>.</exception>
    public static Peer PeerOf(Session session, string room) =>
        session.Peers.TryGetValue(room, out var peer) && peer.Over is null
            ? peer
            : throw new Refusal(ErrorCode.NotInRoom, "This connection is not in that room.");

    public async Task LeaveAsync(Session session, string room)
    {
        var peer = PeerOf(session, room);
        session.Peers.Remove(room);
        await LeaveAsync(peer, LeaveReason.Left);
    }

    /// <summary>A peer leaves; its room goes with its last peer.</summary>
    public Task LeaveAsync(Peer peer, LeaveReason reason) => LeaveAsync(peer, reason, why: null);

    /// <summary>A peer has to leave: the room has more than it holds. It is told.</summary>
    public Task SendAwayAsync(Peer peer) => LeaveAsync(peer, LeaveReason.RoomFull, ErrorCode.RoomFull);

    /// <summary>A peer has to come back as another one: elsewhere it was given up. It is told.</summary>
    public Task ReplaceAsync(Peer peer) => LeaveAsync(peer, LeaveReason.Disconnected, ErrorCode.ResumeExpired);

    private async Task LeaveAsync(Peer peer, LeaveReason reason, ErrorCode? why)
    {
        var room = peer.Room;
        using var hold = rooms.Take(room.Id);
        if (Leave(peer, reason, why) is not { } entry) return;
        await TellAsync(room, async () =>
        {
            if (await directory.LeaveAsync(room.Id, entry) is not { } change) return false;
            room.Saw(change.Version);
            announcer.Left(room.Id, change.Nodes, entry.Id, reason, change.Version);
            return true;
        });
    }

    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidAttributes"/>.</exception>
    public Task UpdateAsync(Peer peer, IReadOnlyDictionary<string, string?> change)
    {
        var entry = peer.Room.Update(peer, change);
        chronicle.Updated(peer);
        return PublishAsync(peer.Room, entry);
    }

    /// <summary>Tells the directory and the other nodes what has become of a peer of this node.</summary>
    public Task PublishAsync(Room room, PeerEntry entry) => TellAsync(room, async () =>
    {
        if (await directory.UpdateAsync(room.Id, entry) is not { } change) return false;
        room.Saw(change.Version);
        announcer.Put(room.Id, change.Nodes, entry, change.Version);
        return true;
    });

    /// <summary>The time to resume is over. The directory decides whether the peer has done so on another node at the last moment.</summary>
    public async Task ExpireAsync(Peer peer)
    {
        var room = peer.Room;
        using var hold = rooms.Take(room.Id);
        if (room.EntryOf(peer) is not { } entry) return;
        try
        {
            if (await directory.LeaveAsync(room.Id, entry) is { } change) Depart(peer, entry, LeaveReason.Disconnected, change);
            else await LetGoAsync(room, peer);
        }
        catch (DirectoryAwayException)
        {
            Leave(peer, LeaveReason.Disconnected, why: null);
            repair.Owe(room);
        }
    }

    /// <summary>The directory does not have the peer as this node's: it has moved, or it has left where it moved to, or the room was begun anew without it.</summary>
    private async Task LetGoAsync(Room room, Peer peer)
    {
        var snapshot = await directory.ReadAsync(room.Id);
        if (room.Reconcile(snapshot)) repair.Owe(room);
        if (Leave(peer, LeaveReason.Disconnected, why: null) is not { } entry) return;
        announcer.Left(room.Id, room.OtherNodes(), entry.Id, LeaveReason.Disconnected, snapshot.Version);
        repair.Owe(room); // The directory may have it as one that has come back here, by an answer that was lost.
    }

    private PeerEntry? Leave(Peer peer, LeaveReason reason, ErrorCode? why)
    {
        var entry = peer.Room.Leave(peer, reason, why);
        if (entry is not null) chronicle.Left(peer.Room.Id, entry.Id, reason);
        return entry;
    }

    private void Depart(Peer peer, PeerEntry entry, LeaveReason reason, RoomChange change)
    {
        Leave(peer, reason, why: null);
        peer.Room.Saw(change.Version);
        announcer.Left(peer.Room.Id, change.Nodes, entry.Id, reason, change.Version);
    }

    /// <summary>Does what the directory must know of; when that fails, owes it.</summary>
    private async Task TellAsync(Room room, Func<Task<bool>> tell)
    {
        try
        {
            if (!await tell()) repair.Read(room);
            else if (room.HasGap) repair.ReadUnlessFilled(room);
        }
        catch (DirectoryAwayException)
        {
            repair.Owe(room);
        }
    }
}
