using Signaling.Contracts;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms.Peers;

/// <summary>What one connection is in one room. A resume makes another <see cref="Peer"/> with the same id.</summary>
/// <remarks>What changes is guarded by the room's lock.</remarks>
internal sealed class Peer(Room room, string id, Session session) : IDisposable
{
    public string Id => id;

    public Room Room => room;

    public Session Session => session;

    /// <summary>Whether it may resume after a lost connection.</summary>
    public required bool IsResumable { get; init; }

    /// <summary>Whether the connection is lost and the peer may still resume.</summary>
    public bool IsAway { get; set; }

    /// <summary>Why this connection is not the peer any more: <see cref="ErrorCode.Replaced"/>, <see cref="ErrorCode.ResumeExpired"/>, or that it has left.</summary>
    public ErrorCode? Over { get; set; }

    /// <summary>Whether the directory has had this peer.</summary>
    public bool IsRegistered { get; set; }

    /// <summary>Ends the time to resume.</summary>
    public ITimer? Window { get; set; }

    public void Dispose() => Window?.Dispose();
}
