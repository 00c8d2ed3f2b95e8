using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Ice;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms;

/// <summary>The rooms of this node: each comes into being with its first peer and goes with its last.</summary>
internal sealed class RoomRegistry(IceServers ice, IOptions<SignalingOptions> options)
{
    private readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly SignalingOptions _options = options.Value;

    /// <exception cref="Refusal">The request is bad, or the room not open to this caller.</exception>
    public void Join(Session session, JoinRequest request)
    {
        PeerRules.CheckRoom(request.Room);
        PeerRules.CheckName(request.Name);
        var attributes = PeerRules.Merge(null, request.Attributes?.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        if (!session.Caller.MayJoin(request.Room)) throw new Refusal(ErrorCode.NotAllowed, "The token does not name this room.");
        if (session.Peers.ContainsKey(request.Room)) throw new Refusal(ErrorCode.AlreadyJoined, "This connection is in that room already.");
        if (session.Peers.Count >= SignalingLimits.MaxRoomsPerConnection) throw new Refusal(ErrorCode.TooManyRooms, $"A connection is in at most {SignalingLimits.MaxRoomsPerConnection} rooms.");

        var info = new PeerInfo { Id = PeerId.New(), User = session.Caller.User, Name = request.Name, Attributes = attributes, Acks = request.Acks };
        session.Peers.Add(request.Room, Enter(request.Room, info, session.Outbox));
    }

    public void Leave(Session session, string room)
    {
        Leave(PeerOf(session, room), LeaveReason.Left);
        session.Peers.Remove(room);
    }

    public void LeaveAll(Session session, LeaveReason reason)
    {
        foreach (var peer in session.Peers.Values) Leave(peer, reason);
        session.Peers.Clear();
    }

    /// <summary>The peer that a connection is in a room.</summary>
    /// <exception cref="Refusal"><see cref="ErrorCode.NotInRoom"/>.</exception>
    public static Peer PeerOf(Session session, string room) =>
        session.Peers.TryGetValue(room, out var peer) ? peer : throw new Refusal(ErrorCode.NotInRoom, "This connection is not in that room.");

    private Peer Enter(string id, PeerInfo info, Outbox outbox)
    {
        while (true)
        {
            var room = _rooms.GetOrAdd(id, static id => new Room(id));
            var peer = new Peer(room, info, outbox);
            switch (room.Join(peer, _options.Rooms.Capacity, roster => WelcomeTo(peer, roster)))
            {
                case JoinOutcome.Joined: return peer;
                case JoinOutcome.Full: throw new Refusal(ErrorCode.RoomFull, $"The room has reached its capacity of {_options.Rooms.Capacity} peers.");
                case JoinOutcome.Closed: _rooms.TryRemove(KeyValuePair.Create(id, room)); break;
            }
        }
    }

    private void Leave(Peer peer, LeaveReason reason)
    {
        if (peer.Room.Leave(peer, reason)) _rooms.TryRemove(KeyValuePair.Create(peer.Room.Id, peer.Room));
    }

    private Welcome WelcomeTo(Peer peer, Roster roster) => new()
    {
        Room = roster.Room,
        PeerId = peer.Id,
        Roster = roster,
        Ice = ice.ForPeer(),
        Limits = _options.RoomLimits,
        Region = _options.Region,
        ProtocolVersion = ProtocolVersion.Current,
    };
}
