namespace Signaling.Hub.Rooms.Directory;

/// <summary>A room as the directory had it at one version.</summary>
internal sealed record RoomSnapshot(RoomVersion Version, IReadOnlyList<PeerEntry> Peers);

/// <summary>A version of a room in the directory. Each change makes the next number; another epoch means that the directory had lost the room.</summary>
internal readonly record struct RoomVersion(string Epoch, long Number)
{
    public static RoomVersion None { get; } = new("", 0);
}
