using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Nodes;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Relay;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Rooms.Rosters;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms;

/// <summary>
/// A room as this node sees it: the whole roster, wherever the sockets are. Every change and every message about it leave under one lock, so that
/// the members on this node see one order.
/// </summary>
internal sealed partial class Room(string id, NodeNames names, Reachability reachability, TimeProvider time)
{
    // No client tries as often; the number is only its word.
    private const long MostTries = 1_000_000;

    private readonly Lock _gate = new();
    private readonly JoiningOrder _order = new(reachability.Own);
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterPart> _otherParts = new(StringComparer.Ordinal);
    private RosterPart _ownPart = new();
    private long _version;

    public string Id => id;

    /// <summary>The roster's version as clients of this node see it. Has nothing to do with the directory's.</summary>
    public long Version
    {
        get { lock (_gate) return _version; }
    }

    /// <summary>Whether a change was missed.</summary>
    public bool HasGap
    {
        get { lock (_gate) return _ownPart.HasGap || _otherParts.Values.Any(part => part.HasGap); }
    }

    public int Count
    {
        get { lock (_gate) return _members.Count; }
    }

    public bool HasLocalPeers
    {
        get { lock (_gate) return _members.Values.Any(member => member.Local is not null); }
    }

    /// <summary>How many peers of this node have a connection, and how many may resume.</summary>
    public (int Connected, int Reconnecting) CountLocalPeers()
    {
        lock (_gate)
        {
            var away = _members.Values.Count(member => member.Local is { IsAway: true });
            return (_members.Values.Count(member => member.Local is not null) - away, away);
        }
    }

    /// <summary>Adds a peer of this node, tells the others, and welcomes it.</summary>
    /// <param name="session">Its connection.</param>
    /// <param name="entry">What the directory was told.</param>
    /// <param name="snapshot">What the directory said; <c>null</c> when it is away.</param>
    /// <param name="welcome">Makes the welcome.</param>
    public Peer Enter(Session session, PeerEntry entry, RoomSnapshot? snapshot, Func<Roster, Welcome> welcome)
    {
        lock (_gate)
        {
            var peer = new Peer(this, entry.Id, session) { IsResumable = entry.ResumeHash is not null, IsRegistered = snapshot is not null };
            var order = _members.Values.Select(member => member.Entry.Order).DefaultIfEmpty().Max() + 1;
            var known = snapshot?.Peers.FirstOrDefault(other => other.Id == entry.Id) ?? entry with { Order = order };
            if (snapshot is not null) ReconcileOthers(snapshot, entry.Id);
            Add(new Member(known, _ownPart.Known) { Local = peer }, except: peer);
            session.Outbox.Send(ClientMessage.Welcome(welcome(Snapshot())));
            return peer;
        }
    }

    /// <summary>Gives a peer a new connection. An older one is told.</summary>
    public Peer Resume(Session session, PeerEntry entry, RoomSnapshot? snapshot, Func<Roster, Welcome> welcome)
    {
        lock (_gate)
        {
            var peer = new Peer(this, entry.Id, session) { IsResumable = entry.ResumeHash is not null, IsRegistered = snapshot is not null };
            _doubtful.Remove(entry.Id);
            if (snapshot is not null) ReconcileOthers(snapshot, entry.Id);
            if (_members.TryGetValue(entry.Id, out var member) && member.Entry.Generation > entry.Generation)
            {
                // A newer connection, here or on another node, has been quicker to get here.
                session.Outbox.Send(ClientMessage.Welcome(welcome(Snapshot())));
                End(peer, ErrorCode.Replaced);
                return peer;
            }

            if (member is not null)
            {
                if (member.Local is { } older)
                {
                    // What this node knows of its own peer is newer than what the directory knows.
                    entry = entry with { Info = member.Entry.Info };
                    End(older, ErrorCode.Replaced);
                }

                var former = member.State;
                (member.Entry, member.Since, member.Local, member.IsNodeLost, member.MissingSince) = (entry, _ownPart.Known, peer, false, 0);
                if (member.State != former) TellState(member, except: peer);
            }
            else
            {
                Add(new Member(entry, _ownPart.Known) { Local = peer }, except: peer);
            }

            session.Outbox.Send(ClientMessage.Welcome(welcome(Snapshot())));
            return peer;
        }
    }

    /// <summary>Checks a claim to a peer of this node while the directory is away.</summary>
    /// <returns>The peer, one generation on; <c>null</c> when it is not this node's, or not the caller's.</returns>
    public PeerEntry? ResumeAlone(ResumeClaim claim)
    {
        lock (_gate)
        {
            if (_members.GetValueOrDefault(claim.PeerId) is not { Local: not null, Entry: var entry }) return null;
            if (entry.Info.User != claim.User) return null;
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (entry.ResumeHash == claim.TokenHash) entry = entry with { Former = new FormerToken(claim.TokenHash, now + (long)claim.Grace.TotalMilliseconds, claim.Attempt) };
            else if (entry.Former is { } former && former.Hash == claim.TokenHash && now < former.Until && !(claim.Attempt <= former.Attempt)) entry = entry with { Former = former with { Attempt = claim.Attempt } };
            else return null;
            return entry with { Generation = entry.Generation + TriesUpTo(claim), ResumeHash = claim.NextHash, Away = false };
        }
    }

    /// <summary>
    /// Earlier tries of the same client, over other nodes, may still be on their way to the directory, each worth a generation: the one that was granted has to be above them all.
    /// </summary>
    private static long TriesUpTo(ResumeClaim claim) => Math.Clamp(claim.Attempt ?? 1, 1, MostTries);

    /// <summary>Removes a peer of this node and tells the others.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="reason">What the others are told.</param>
    /// <param name="why">What the peer itself is told; <c>null</c> when it is its own wish.</param>
    /// <returns>What the directory has to be told; <c>null</c> when the connection was not this peer any more.</returns>
    public PeerEntry? Leave(Peer peer, LeaveReason reason, ErrorCode? why = null)
    {
        lock (_gate)
        {
            if (peer.Over is not null) return null;
            if (why is { } code) End(peer, code);
            peer.Over = ErrorCode.NotInRoom;
            peer.Dispose();
            var entry = _members[peer.Id].Entry;
            Drop(entry.Id, reason);
            return entry;
        }
    }

    /// <summary>The connection of a peer is lost; it may resume.</summary>
    /// <returns>What the directory has to be told; <c>null</c> when the connection was not this peer any more.</returns>
    public PeerEntry? MarkAway(Peer peer, ITimer window)
    {
        lock (_gate)
        {
            if (peer.Over is not null)
            {
                window.Dispose();
                return null;
            }

            (peer.IsAway, peer.Window) = (true, window);
            var member = _members[peer.Id];
            member.Entry = member.Entry with { Away = true };
            TellState(member, except: peer);
            return member.Entry;
        }
    }

    /// <summary>A peer of this node as the directory should have it; <c>null</c> when the connection is not this peer any more.</summary>
    public PeerEntry? EntryOf(Peer peer)
    {
        lock (_gate) return peer.Over is null ? _members[peer.Id].Entry : null;
    }

    /// <summary>Changes what a peer of this node shows.</summary>
    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidAttributes"/>.</exception>
    public PeerEntry Update(Peer peer, IReadOnlyDictionary<string, string?> change)
    {
        lock (_gate)
        {
            var member = _members[peer.Id];
            var info = member.Entry.Info with { Attributes = PeerRules.Merge(member.Entry.Info.Attributes, change) };
            member.Entry = member.Entry with { Info = info };
            TellAttributes(member);
            return member.Entry;
        }
    }

    public Roster Read()
    {
        lock (_gate) return Snapshot();
    }

    /// <summary>Where a signal to a peer has to go; <c>null</c> when the peer is not in the room.</summary>
    public PeerRoute? RouteTo(string peerId)
    {
        lock (_gate) return _members.TryGetValue(peerId, out var member) ? RouteOf(member) : null;
    }

    /// <summary>Where a signal to everyone but one has to go.</summary>
    public IReadOnlyList<PeerRoute> RoutesToOthers(string peerId)
    {
        lock (_gate) return [.. _members.Values.Where(member => member.Id != peerId).Select(RouteOf)];
    }

    /// <summary>The nodes of the others in this region.</summary>
    public IReadOnlyList<string> OtherNodes()
    {
        lock (_gate) return [.. _members.Values.Where(member => member is { Local: null, Entry.Region: null }).Select(member => member.Entry.Node).Distinct()];
    }

    private static PeerRoute RouteOf(Member member) => new(member.Id, member.Local, member.Entry.Region, member.Entry.Node, member.State is PeerState.Connected);

    private void Add(Member member, Peer? except)
    {
        _members.Add(member.Id, member);
        _version++;
        Tell(ClientMessage.PeerJoined(new PeerJoined { Room = id, Version = _version, Peer = member.Info }), except);
    }

    private void Drop(string peerId, LeaveReason reason)
    {
        if (!_members.Remove(peerId)) return;
        Remember(peerId);
        _version++;
        Tell(ClientMessage.PeerLeft(new PeerLeft { Room = id, Version = _version, PeerId = peerId, Reason = reason }));
    }

    private void TellAttributes(Member member)
    {
        _version++;
        Tell(ClientMessage.PeerUpdated(new PeerUpdated { Room = id, Version = _version, PeerId = member.Id, Attributes = member.Attributes }));
    }

    private void TellState(Member member, Peer? except = null)
    {
        _version++;
        Tell(ClientMessage.PeerStateChanged(new PeerStateChanged { Room = id, Version = _version, PeerId = member.Id, State = member.State }), except);
    }

    /// <summary>A connection is not this peer any more, and is told why.</summary>
    private void End(Peer peer, ErrorCode why)
    {
        peer.Over = why;
        peer.Dispose();
        if (peer.IsAway) return;
        peer.Session.Outbox.Send(ClientMessage.Removed(new Removed { Room = id, PeerId = peer.Id, Code = why, Action = SignalingError.ActionOf(why) }));
    }

    private void Tell(SerializedHubMessage message, Peer? except = null)
    {
        foreach (var member in _members.Values)
        {
            if (member.Local is { IsAway: false } peer && peer != except) peer.Session.Outbox.Send(message);
        }
    }

    private Roster Snapshot() => new()
    {
        Room = id,
        Version = _version,
        Peers = [.. _members.Values.OrderBy(member => member.Entry, _order).Select(member => member.Info)],
    };
}
