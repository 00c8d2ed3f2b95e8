namespace Signaling.Hub.Rooms.Directory;

/// <summary>A room as the directory had it at one version.</summary>
internal sealed record RoomSnapshot(RoomVersion Version, IReadOnlyList<PeerEntry> Peers)
{
    /// <summary>The nodes that have peers in it.</summary>
    public IEnumerable<string> Nodes => Peers.Select(peer => peer.Node).Distinct();
}

/// <summary>A change that the directory has made.</summary>
/// <param name="Version">The room's version with it.</param>
/// <param name="Nodes">The nodes that have peers in the room then. Who makes a change may not know of all of them yet.</param>
internal sealed record RoomChange(RoomVersion Version, IReadOnlyList<string> Nodes);

/// <summary>A version of a room in the directory. Each change makes the next number; another epoch means that the directory had lost the room.</summary>
internal readonly record struct RoomVersion(string Epoch, long Number)
{
    public static RoomVersion None { get; } = new("", 0);
}
