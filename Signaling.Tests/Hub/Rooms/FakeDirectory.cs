using Signaling.Hub.Rooms.Directory;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>A directory that takes whoever joins, and knows of nobody else but those that the test names.</summary>
/// <param name="meanwhile">What happens while it is asked to let somebody in.</param>
internal sealed class FakeDirectory(Action? meanwhile = null) : IRoomDirectory
{
    /// <summary>What there is to read.</summary>
    public RoomSnapshot Snapshot { get; set; } = new(RoomVersion.None, []);

    public ValueTask<RoomSnapshot?> JoinAsync(string room, PeerEntry entry, int capacity)
    {
        meanwhile?.Invoke();
        return new(new RoomSnapshot(new RoomVersion("e1", 1), [entry]));
    }

    public ValueTask<Resumption?> ResumeAsync(string room, ResumeClaim claim)
    {
        meanwhile?.Invoke();
        return default;
    }

    public ValueTask<RoomChange?> UpdateAsync(string room, PeerEntry entry) => default;

    public ValueTask<RoomChange?> LeaveAsync(string room, PeerEntry entry) => default;

    public ValueTask<RoomSnapshot> ReadAsync(string room) => new(Snapshot);
}
