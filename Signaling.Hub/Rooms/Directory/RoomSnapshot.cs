namespace Signaling.Hub.Rooms.Directory;

/// <summary>A room as the directory had it at one version.</summary>
/// <param name="Version">That version.</param>
/// <param name="Peers">The peers of this region.</param>
internal sealed record RoomSnapshot(RoomVersion Version, IReadOnlyList<PeerEntry> Peers)
{
    /// <summary>What the directory knows of the peers of other regions; of a region that is not named here, nothing is said.</summary>
    public IReadOnlyList<Replica> Replicas { get; init; } = [];

    /// <summary>The nodes of this region that have peers in it.</summary>
    public IEnumerable<string> Nodes => Peers.Select(peer => peer.Node).Distinct();
}

/// <summary>The peers of another region, as that region's directory had them at one version of its own.</summary>
internal sealed record Replica(string Region, RoomVersion Version, IReadOnlyList<PeerEntry> Peers);

/// <summary>A change that the directory has made.</summary>
/// <param name="Version">The room's version with it.</param>
/// <param name="Nodes">The nodes that have peers in the room then. Who makes a change may not know of all of them yet.</param>
internal sealed record RoomChange(RoomVersion Version, IReadOnlyList<string> Nodes);

/// <summary>A version of a room in the directory. Each change makes the next number; another epoch means that the directory had lost the room.</summary>
internal readonly record struct RoomVersion(string Epoch, long Number)
{
    public static RoomVersion None { get; } = new("", 0);

    /// <summary>Whether it came after another one of the same epoch.</summary>
    public bool IsNewerThan(RoomVersion other) => Epoch == other.Epoch && Number > other.Number;
}
