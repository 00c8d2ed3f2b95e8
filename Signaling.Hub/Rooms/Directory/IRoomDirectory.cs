namespace Signaling.Hub.Rooms.Directory;

/// <summary>The index of who is in which room, and on which node. Soft state: nodes keep it up to date with their own peers and can rebuild it.</summary>
/// <remarks>Every method may throw <see cref="DirectoryAwayException"/>; whether the change was made is then not known.</remarks>
internal interface IRoomDirectory
{
    /// <summary>Adds a peer.</summary>
    /// <returns>The room with it; <c>null</c> when the room is full.</returns>
    ValueTask<RoomSnapshot?> JoinAsync(string room, PeerEntry entry, int capacity);

    /// <summary>Makes a node the authority for a peer whose token a new connection has shown, one generation on.</summary>
    /// <returns><c>null</c> when there is no such peer, or the token or user is not the peer's.</returns>
    ValueTask<Resumption?> ResumeAsync(string room, ResumeClaim claim);

    /// <summary>Replaces what the peer shows, and whether it is away.</summary>
    /// <returns><c>null</c> when the entry's node and generation are not the directory's.</returns>
    ValueTask<RoomChange?> UpdateAsync(string room, PeerEntry entry);

    /// <summary>Removes a peer.</summary>
    /// <returns><c>null</c> when the entry's node and generation are not the directory's.</returns>
    ValueTask<RoomChange?> LeaveAsync(string room, PeerEntry entry);

    /// <summary>Reads a room.</summary>
    ValueTask<RoomSnapshot> ReadAsync(string room);
}

/// <summary>The directory cannot be asked now.</summary>
internal sealed class DirectoryAwayException(Exception? innerException = null) : Exception("The room directory cannot be reached.", innerException);
