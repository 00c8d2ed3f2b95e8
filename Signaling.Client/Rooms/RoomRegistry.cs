using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>The rooms that the app wants to be in, oldest first; hands each message of the hub to its room.</summary>
internal sealed class RoomRegistry
{
    private readonly List<Room> rooms = [];

    public IReadOnlyList<Room> All
    {
        get
        {
            lock (rooms) return [.. rooms];
        }
    }

    public Room? First => All.Count > 0 ? All[0] : null;

    /// <exception cref="SignalingException">The app is in this room already.</exception>
    public void Add(Room room)
    {
        lock (rooms)
        {
            if (Find(room.Id) is not null) throw HubErrors.New(ErrorCode.AlreadyJoined, "This client is in the room already.");
            rooms.Add(room);
        }
    }

    public bool Remove(Room room)
    {
        lock (rooms) return rooms.Remove(room);
    }

    public void Welcome(HubSession session, Welcome welcome)
    {
        if (Find(welcome.Room) is not { } room || !room.OnWelcome(session, welcome))
        {
            _ = session.PostAsync(nameof(ISignalingHub.Leave), new RoomRequest { Room = welcome.Room });
        }
    }

    public void PeerJoined(HubSession session, PeerJoined joined) => Find(joined.Room)?.OnPeerJoined(session, joined);

    public void PeerLeft(HubSession session, PeerLeft left) => Find(left.Room)?.OnPeerLeft(session, left);

    public void PeerUpdated(HubSession session, PeerUpdated updated) => Find(updated.Room)?.OnPeerUpdated(session, updated);

    public void PeerStateChanged(HubSession session, PeerStateChanged changed) => Find(changed.Room)?.OnPeerStateChanged(session, changed);

    public void Removed(HubSession session, Removed removed)
    {
        if (Find(removed.Room) is { } room && room.OnRemoved(session, removed) is { } reason && Remove(room)) room.Close(reason);
    }

    public void Signal(HubSession session, Signal signal) => Find(signal.Room)?.OnSignal(session, signal);

    public void Pong(HubSession session, Pong pong)
    {
        foreach (var version in pong.RosterVersions) Find(version.Key)?.OnVersion(session, version.Value);
    }

    public void Disconnected(HubSession session)
    {
        foreach (var room in All) room.OnDisconnected(session);
    }

    private Room? Find(string id)
    {
        lock (rooms) return rooms.Find(room => room.Id == id);
    }
}
