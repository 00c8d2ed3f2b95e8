using Signaling.Contracts;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Rooms.Rosters;

namespace Signaling.Hub.Rooms;

/// <summary>What other nodes and the directory say of the room.</summary>
internal sealed partial class Room
{
    // Longer than any node needs to bring its peers back into a directory that was wiped.
    private static readonly TimeSpan MissingGrace = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (int Times, bool Resumes)> _joining = new(StringComparer.Ordinal);
    private readonly Dictionary<string, object> _doubtful = new(StringComparer.Ordinal);

    /// <summary>The directory has a new version that this node made itself.</summary>
    public void Saw(RoomVersion version)
    {
        lock (_gate) _ownPart.Saw(version);
    }

    /// <summary>A region's directory has a new version, and something of it was not told.</summary>
    public void HeardOf(string? region, RoomVersion version)
    {
        lock (_gate) PartOf(region).HeardOf(version);
    }

    /// <summary>A peer of another node has joined, changed or moved.</summary>
    public void Put(PeerEntry entry, RoomVersion version)
    {
        lock (_gate)
        {
            var part = PartOf(entry.Region);
            if (part.IsNews(entry.Id, _members.GetValueOrDefault(entry.Id), version)) Apply(entry, version);
            part.Saw(version);
        }
    }

    /// <summary>A peer of another node has left.</summary>
    public void Remove(string? region, string peerId, LeaveReason reason, RoomVersion version)
    {
        lock (_gate)
        {
            PartOf(region).Left(peerId, version);
            if (_members.GetValueOrDefault(peerId) is { Local: null }) Drop(peerId, reason);
        }
    }

    /// <summary>Makes the roster agree with what the directory has, but for this node's own peers.</summary>
    /// <returns>Whether the directory disagrees about one of those.</returns>
    public bool Reconcile(RoomSnapshot snapshot)
    {
        lock (_gate) return ReconcileOthers(snapshot, except: null);
    }

    /// <summary>A node was lost: its peers may resume elsewhere.</summary>
    public void MarkNodeLost(string node)
    {
        lock (_gate)
        {
            foreach (var member in _members.Values.Where(member => member.Local is null && member.Entry.Node == node && !member.IsNodeLost).ToArray())
            {
                var former = member.State;
                member.IsNodeLost = true;
                if (member.State != former) TellState(member);
            }
        }
    }

    public bool HasPeersOf(string node)
    {
        lock (_gate) return _members.Values.Any(member => member.Local is null && member.Entry.Node == node);
    }

    /// <summary>Peers of other nodes that may resume and that a wiped directory has been without for so long.</summary>
    public IReadOnlyList<PeerEntry> MissingFor(TimeSpan duration)
    {
        lock (_gate)
        {
            return
            [
                .. _members.Values
                    .Where(member => member is { Local: null, MissingSince: not 0, Entry: { Region: null, ResumeHash: not null } } && time.GetElapsedTime(member.MissingSince) >= duration)
                    .Select(member => member.Entry)
                    .OrderBy(entry => entry.Order),
            ];
        }
    }

    /// <summary>Whether a wiped directory has been without a peer for longer than any node needs to bring it back.</summary>
    public bool HasOverdue
    {
        get { lock (_gate) return _members.Values.Any(member => member.MissingSince is not 0 && time.GetElapsedTime(member.MissingSince) >= MissingGrace); }
    }

    /// <summary>Whether this node has not been told yet who is in the room.</summary>
    public bool IsUnknown
    {
        get { lock (_gate) return _ownPart.Known == RoomVersion.None; }
    }

    /// <summary>The directory is being told of a peer; until it has answered, nothing is said of this peer by other ways.</summary>
    /// <param name="peerId">The peer.</param>
    /// <param name="resumes">Whether it is in the room already. The others must not lose sight of it when they hear first that it is this node's now.</param>
    public void BeginJoining(string peerId, bool resumes)
    {
        lock (_gate)
        {
            if (_joining.Count is 0 && !_members.Values.Any(member => member.Local is not null)) Forget();
            _joining[peerId] = (_joining.GetValueOrDefault(peerId).Times + 1, resumes);
        }
    }

    public void EndJoining(string peerId)
    {
        lock (_gate)
        {
            // A client that has lost its connection may ask again before its first request was answered.
            var (times, resumes) = _joining[peerId];
            if (times > 1) _joining[peerId] = (times - 1, resumes);
            else _joining.Remove(peerId);
        }
    }

    /// <summary>A peer may be this node's since it asked to resume, but the directory's answer was lost. It is in the room, and may ask again.</summary>
    /// <returns>This doubt; a later one of the same peer takes its place.</returns>
    public object Doubt(string peerId)
    {
        lock (_gate) return _doubtful[peerId] = new object();
    }

    public bool IsInDoubt(string peerId)
    {
        lock (_gate) return _doubtful.ContainsKey(peerId);
    }

    /// <summary>The time to ask again is over.</summary>
    /// <returns>Whether it did not.</returns>
    public bool EndDoubt(string peerId, object doubt)
    {
        lock (_gate) return _doubtful.GetValueOrDefault(peerId) == doubt && _doubtful.Remove(peerId);
    }

    /// <summary>Since its last peer here has left, nobody has told this node of the room.</summary>
    private void Forget()
    {
        _members.Clear();
        _otherParts.Clear();
        _ownPart = new RosterPart();
    }

    /// <summary>Says to the directory which peers are this node's own, under its id of now.</summary>
    /// <remarks>Sent under the lock: the directory hears of a peer that begins to join afterwards afterwards, too, and does not take it for one that has left.</remarks>
    public (OwnPeers Own, ValueTask<Assertion> Answer) Assert(Func<OwnPeers, ValueTask<Assertion>> send)
    {
        lock (_gate)
        {
            var mine = _members.Values.Where(member => member.Local is not null && !_joining.ContainsKey(member.Id)).ToArray();
            foreach (var member in mine) member.Entry = member.Entry with { Node = names.Current };
            var own = new OwnPeers(_ownPart.Known, [.. mine.Select(member => (member.Entry, member.Local!.IsRegistered))], [.. _joining.Keys.Union(_doubtful.Keys)]);
            return (own, send(own));
        }
    }

    /// <summary>The directory has taken in what this node says of its own peers, but for some that are not its own any more.</summary>
    /// <returns>Whether nothing has changed since.</returns>
    public bool Asserted(OwnPeers own, IReadOnlyList<string> lost, RoomSnapshot room)
    {
        lock (_gate)
        {
            var moved = room.Peers.Where(known => own.Peers.Any(peer => peer.Entry.Id == known.Id && peer.Entry.Generation < known.Generation)).Select(known => known.Id).ToHashSet();
            foreach (var (entry, _) in own.Peers.Where(peer => lost.Contains(peer.Entry.Id) && !moved.Contains(peer.Entry.Id) && !IsArriving(peer.Entry.Id))) Lose(entry);
            var kept = own.Peers.Select(known => known.Entry).ExceptBy(lost, entry => entry.Id).ToArray();
            foreach (var entry in kept)
            {
                if (_members.GetValueOrDefault(entry.Id) is { Local: { } peer }) peer.IsRegistered = true;
            }

            return kept.All(entry => _members.GetValueOrDefault(entry.Id) is { Local: not null } member && member.Entry == entry);
        }
    }

    /// <summary>Whether the directory may say that a peer is this node's before this node knows it.</summary>
    private bool IsArriving(string peerId) => _joining.ContainsKey(peerId) || _doubtful.ContainsKey(peerId);

    /// <summary>Another node has said that a peer of this one has left, and its connection has to take that.</summary>
    private void Lose(PeerEntry entry)
    {
        if (_members.GetValueOrDefault(entry.Id) is not { Local: { } peer } member || member.Entry.Generation != entry.Generation) return;
        End(peer, ErrorCode.ResumeExpired);
        member.Local = null;
        Drop(entry.Id, LeaveReason.NodeLost);
    }

    private bool ReconcileOthers(RoomSnapshot snapshot, string? except)
    {
        var disputed = ReconcilePart(null, snapshot.Version, snapshot.Peers, except);
        foreach (var replica in snapshot.Replicas) ReconcilePart(replica.Region, replica.Version, replica.Peers, except: null);
        return disputed || snapshot.Peers.Any(IsNotHere);
    }

    private bool IsNotHere(PeerEntry entry) =>
        names.IsMine(entry.Node) && !IsArriving(entry.Id) && _members.GetValueOrDefault(entry.Id)?.Local is null;

    /// <returns>Whether the directory is without a peer of this node that it has had.</returns>
    private bool ReconcilePart(string? region, RoomVersion version, IReadOnlyList<PeerEntry> peers, string? except)
    {
        var part = PartOf(region);
        var begunAnew = part.BeginsAnewWith(version);
        // A room with a peer here does not come to an end by itself: the directory was wiped. Without one, this node was not told how it ended.
        var wiped = begunAnew && _members.Values.Any(member => member.Local is not null);
        foreach (var entry in peers.Where(entry => entry.Id != except && part.IsNews(entry.Id, _members.GetValueOrDefault(entry.Id), version, ofSnapshot: true))) Apply(entry, version);

        var present = peers.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var disputed = false;
        foreach (var member in _members.Values.Where(member => member.Entry.Region == region && !present.Contains(member.Id) && !member.Since.IsNewerThan(version)).ToArray())
        {
            if (member.Local is { } local)
            {
                // A directory that has begun the room anew has never had this peer; it is missing, not removed.
                disputed |= local.IsRegistered;
                local.IsRegistered &= !begunAnew;
            }
            else if (!MayComeBack(member, region is null ? wiped : member.Since.Epoch != version.Epoch)) Drop(member.Id, LeaveReason.Disconnected);
        }

        part.Read(version);
        return disputed;
    }

    /// <summary>Whether a peer that a wiped directory, or the copy of another region's, does not have may only be late: its node brings it back.</summary>
    private bool MayComeBack(Member member, bool isLost)
    {
        if (isLost && member.MissingSince is 0) member.MissingSince = time.GetTimestamp();
        return member.MissingSince is not 0 && (member.IsCutOff || time.GetElapsedTime(member.MissingSince) < MissingGrace);
    }

    private void Apply(PeerEntry entry, RoomVersion version)
    {
        if (_givenUp.Contains(entry.Id))
        {
            FoundAgain?.Invoke(entry);
            return;
        }

        if (!_members.TryGetValue(entry.Id, out var member))
        {
            if (!names.IsMine(entry.Node) || _joining.GetValueOrDefault(entry.Id).Resumes || _doubtful.ContainsKey(entry.Id)) Add(new Member(entry, version) { IsCutOff = IsCutOff(entry) }, except: null);
            return;
        }

        member.MissingSince = 0;
        if (entry.Generation < member.Entry.Generation) return;
        if (member.Local is { } local)
        {
            if (entry.Generation == member.Entry.Generation || names.IsMine(entry.Node)) return;
            End(local, ErrorCode.Replaced);
            member.Local = null;
        }

        var (state, attributes) = (member.State, member.Attributes);
        if (entry.Node != member.Entry.Node) member.IsNodeLost = false;
        (member.Entry, member.Since, member.IsCutOff) = (entry, version, IsCutOff(entry));
        if (!attributes.SequenceEqual(member.Attributes)) TellAttributes(member);
        if (member.State != state) TellState(member);
    }
}
