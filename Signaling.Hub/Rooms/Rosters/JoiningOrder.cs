using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms.Rosters;

/// <summary>The order of a room's peers, the same on every node of every region: by the time of joining, then by what cannot be equal.</summary>
/// <param name="own">The region of this node.</param>
internal sealed class JoiningOrder(string own) : IComparer<PeerEntry>
{
    public int Compare(PeerEntry? one, PeerEntry? other) =>
        (one!.Joined, RegionOf(one), one.Order, one.Id).CompareTo((other!.Joined, RegionOf(other), other.Order, other.Id));

    private string RegionOf(PeerEntry entry) => entry.Region ?? own;
}
