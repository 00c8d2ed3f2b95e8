using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Relay;

namespace Signaling.Hub.Rooms;

/// <summary>A room and its roster. Every change and every message about it leave under one lock, so that all members see one order.</summary>
internal sealed class Room(string id)
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Peer> _peers = new(StringComparer.Ordinal);
    private long _version;
    private bool _closed;

    public string Id => id;

    public long Version
    {
        get { lock (_gate) return _version; }
    }

    /// <summary>Adds a peer, welcomes it, and tells the others; in this order, so that who is announced can be reached.</summary>
    public JoinOutcome Join(Peer peer, int capacity, Func<Roster, Welcome> welcome)
    {
        lock (_gate)
        {
            if (_closed) return JoinOutcome.Closed;
            if (_peers.Count >= capacity) return JoinOutcome.Full;
            _version++;
            Broadcast(ClientMessage.PeerJoined(new PeerJoined { Room = id, Version = _version, Peer = peer.Info }));
            _peers.Add(peer.Id, peer);
            peer.Outbox.Send(ClientMessage.Welcome(welcome(Snapshot())));
            return JoinOutcome.Joined;
        }
    }

    /// <returns>Whether that was the last peer. The room is closed then.</returns>
    public bool Leave(Peer peer, LeaveReason reason)
    {
        lock (_gate)
        {
            if (!_peers.Remove(peer.Id)) return false;
            _version++;
            Broadcast(ClientMessage.PeerLeft(new PeerLeft { Room = id, Version = _version, PeerId = peer.Id, Reason = reason }));
            return _closed = _peers.Count is 0;
        }
    }

    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidAttributes"/>.</exception>
    public void Update(Peer peer, IReadOnlyDictionary<string, string?> change)
    {
        lock (_gate)
        {
            var attributes = PeerRules.Merge(peer.Info.Attributes, change);
            peer.Info = peer.Info with { Attributes = attributes };
            _version++;
            Broadcast(ClientMessage.PeerUpdated(new PeerUpdated
            {
                Room = id,
                Version = _version,
                PeerId = peer.Id,
                Attributes = attributes ?? new Dictionary<string, string>(),
            }));
        }
    }

    public Roster Read()
    {
        lock (_gate) return Snapshot();
    }

    public Peer? Find(string peerId)
    {
        lock (_gate) return _peers.GetValueOrDefault(peerId);
    }

    /// <summary>The peers at this moment, but one.</summary>
    public IReadOnlyList<Peer> Others(Peer self)
    {
        lock (_gate) return [.. _peers.Values.Where(peer => peer != self)];
    }

    private void Broadcast(SerializedHubMessage message)
    {
        foreach (var peer in _peers.Values) peer.Outbox.Send(message);
    }

    private Roster Snapshot() => new() { Room = id, Version = _version, Peers = [.. _peers.Values.Select(peer => peer.Info)] };
}

internal enum JoinOutcome
{
    Joined,
    Full,

    /// <summary>The last peer has just left; the room is no longer the one of its id.</summary>
    Closed,
}
