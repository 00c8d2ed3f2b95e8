using Signaling.Contracts;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms;

/// <summary>What an operator sees of the room.</summary>
internal sealed partial class Room
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>Another one whenever <see cref="Members"/> would say something else.</summary>
    public string Stamp
    {
        get { lock (_gate) return $"{_began}:{_version}"; }
    }

    /// <summary>The version of this region's directory that is known here; <c>null</c> before it has answered.</summary>
    public RoomVersion? DirectoryVersion
    {
        get { lock (_gate) return _ownPart.Known == RoomVersion.None ? null : _ownPart.Known; }
    }

    /// <param name="region">A region; <c>null</c> for this one.</param>
    public bool HasPeersIn(string? region)
    {
        lock (_gate) return _members.Values.Any(member => member.Entry.Region == region);
    }

    public RoomTally Tally()
    {
        lock (_gate)
        {
            var (local, away, reconnecting, first, firstOfRegion) = (0, 0, 0, true, true);
            foreach (var member in _members.Values)
            {
                if (member.State is PeerState.Reconnecting) reconnecting++;
                if (member.Local is { } peer)
                {
                    local++;
                    if (peer.IsAway) away++;
                }
                else if (!member.IsNodeLost && !member.IsCutOff && string.CompareOrdinal(member.Entry.Node, names.Current) < 0)
                {
                    first = false;
                    firstOfRegion &= member.Entry.Region is not null;
                }
            }

            return new(_members.Count, reconnecting, local, away, local > 0 && first, local > 0 && firstOfRegion);
        }
    }

    /// <summary>The roster with what clients are not told.</summary>
    public IReadOnlyList<WatchedMember> Members()
    {
        lock (_gate) return [.. _members.Values.OrderBy(member => member.Entry, _order).Select(member => new WatchedMember(member.Entry, member.State, member.Local is not null))];
    }
}

/// <summary>How many are in a room.</summary>
/// <param name="Peers">All of them.</param>
/// <param name="Reconnecting">Those that have no connection now.</param>
/// <param name="Local">Those of this node.</param>
/// <param name="LocalAway">Those of them that have no connection now.</param>
/// <param name="Speaks">Whether it is this node, of all that have peers there, that counts the room.</param>
/// <param name="SpeaksForRegion">The same among those of this region.</param>
internal readonly record struct RoomTally(int Peers, int Reconnecting, int Local, int LocalAway, bool Speaks, bool SpeaksForRegion);

/// <param name="Entry">What is known of it.</param>
/// <param name="State">As seen from here.</param>
/// <param name="IsLocal">Whether it is this node's.</param>
internal readonly record struct WatchedMember(PeerEntry Entry, PeerState State, bool IsLocal);
