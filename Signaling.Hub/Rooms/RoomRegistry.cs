using Signaling.Hub.Nodes;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms;

/// <summary>The rooms in which this node has peers, or is about to have.</summary>
internal sealed class RoomRegistry(NodeNames names, Reachability reachability, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Held> _rooms = new(StringComparer.Ordinal);

    /// <summary>This node has its first peer in a room, or has no more (<c>false</c>).</summary>
    public event Action<string, bool>? Changed;

    /// <inheritdoc cref="Room.FoundAgain"/>
    public event Action<string, PeerEntry>? FoundAgain;

    public IReadOnlyList<Room> All
    {
        get { lock (_gate) return [.. _rooms.Values.Select(held => held.Room)]; }
    }

    public int Count
    {
        get { lock (_gate) return _rooms.Count; }
    }

    /// <summary>The peers of this node: those that have a connection, and those that may resume.</summary>
    public (int Connected, int Reconnecting) CountPeers()
    {
        var (connected, reconnecting) = (0, 0);
        foreach (var room in All)
        {
            var (here, away) = room.CountLocalPeers();
            (connected, reconnecting) = (connected + here, reconnecting + away);
        }

        return (connected, reconnecting);
    }

    public Room? Find(string id)
    {
        lock (_gate) return _rooms.GetValueOrDefault(id)?.Room;
    }

    /// <summary>A room that stays, even without a peer, while it is held: what other nodes say of it meanwhile is not missed.</summary>
    public Hold Take(string id)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(id, out var held))
            {
                var room = new Room(id, names, reachability, time);
                room.FoundAgain += entry => FoundAgain?.Invoke(id, entry);
                _rooms.Add(id, held = new Held(room));
                Changed?.Invoke(id, true);
            }

            held.Holds++;
            return new Hold(this, held.Room);
        }
    }

    /// <summary>Lets a room go if this node has no peer in it.</summary>
    public void Release(Room room) => Release(room, holds: 0);

    private void Release(Room room, int holds)
    {
        lock (_gate)
        {
            if (!_rooms.TryGetValue(room.Id, out var held) || held.Room != room) return;
            held.Holds -= holds;
            if (held.Holds > 0 || room.HasLocalPeers) return;
            _rooms.Remove(room.Id);
            Changed?.Invoke(room.Id, false);
        }
    }

    public readonly struct Hold(RoomRegistry registry, Room room) : IDisposable
    {
        public Room Room => room;

        public void Dispose() => registry.Release(room, holds: 1);
    }

    private sealed class Held(Room room)
    {
        public Room Room => room;

        public int Holds { get; set; }
    }
}
