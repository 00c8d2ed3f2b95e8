using Signaling.Contracts;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Rooms.Rosters;

namespace Signaling.Hub.Rooms;

/// <summary>The peers of other regions in the room.</summary>
internal sealed partial class Room
{
    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);

    /// <summary>A peer that was given up is there again, as its own region says. It has left here, and ids do not come back.</summary>
    public event Action<PeerEntry>? FoundAgain;

    /// <summary>The nodes of another region that have peers here.</summary>
    public IReadOnlyList<string> NodesOf(string region)
    {
        lock (_gate) return [.. _members.Values.Where(member => member.Entry.Region == region).Select(member => member.Entry.Node).Distinct()];
    }

    public bool SpansRegions
    {
        get { lock (_gate) return _members.Values.Any(member => member.Entry.Region is not null); }
    }

    /// <summary>Which nodes of other regions can be reached has changed.</summary>
    public void Review()
    {
        lock (_gate)
        {
            foreach (var member in _members.Values.Where(member => member.Entry.Region is not null && member.IsCutOff != IsCutOff(member.Entry)).ToArray())
            {
                member.IsCutOff = !member.IsCutOff;
                TellState(member);
            }
        }
    }

    /// <summary>A region is given up: its peers leave.</summary>
    public void GiveUp(string region)
    {
        lock (_gate)
        {
            foreach (var member in _members.Values.Where(member => member.Entry.Region == region).ToArray())
            {
                _givenUp.Add(member.Id);
                Drop(member.Id, LeaveReason.RegionLost);
            }

            _otherParts.Remove(region);
        }
    }

    /// <summary>
    /// Several regions that cannot ask each other may have let in more peers than the room holds. The first ones by <see cref="JoiningOrder"/> stay, everywhere the same.
    /// </summary>
    /// <returns>Those of this node that have to go.</returns>
    public IReadOnlyList<Peer> Beyond(int capacity)
    {
        lock (_gate)
        {
            if (_members.Count <= capacity) return [];
            return [.. _members.Values.OrderBy(member => member.Entry, _order).Skip(capacity).Select(member => member.Local).OfType<Peer>()];
        }
    }

    /// <summary>What this node may tell other regions of the room's peers in this one; <c>null</c> when another node has to, or something was missed.</summary>
    public RoomVersion? Spokesman()
    {
        lock (_gate)
        {
            if (_ownPart.HasGap || _ownPart.Known == RoomVersion.None || !_members.Values.Any(member => member.Local is not null)) return null;
            var others = _members.Values.Where(member => member is { Local: null, IsNodeLost: false, Entry.Region: null });
            return others.All(member => string.CompareOrdinal(names.Current, member.Entry.Node) < 0) ? _ownPart.Known : null;
        }
    }

    private bool IsCutOff(PeerEntry entry) => entry.Region is { } region && !reachability.CanReach(region, entry.Node);

    private RosterPart PartOf(string? region)
    {
        if (region is null) return _ownPart;
        if (!_otherParts.TryGetValue(region, out var part)) _otherParts.Add(region, part = new RosterPart());
        return part;
    }
}
