using System.Collections.Concurrent;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Rooms;

/// <summary>Makes up for what was missed: reads a room again after a gap, and remembers what the directory is owed while it is away.</summary>
internal sealed class RoomRepair(RoomRegistry rooms, IRoomDirectory directory, BackgroundWork background, TimeProvider time)
{
    // Changes of several nodes overtake each other by less than this.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, byte> _reading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _owed = new(StringComparer.Ordinal);

    /// <summary>Something is owed to the directory.</summary>
    public event Action? Owing;

    /// <summary>Reads the room again in a moment, unless what is missing has arrived by then.</summary>
    public void ReadUnlessFilled(Room room)
    {
        if (_reading.TryAdd(room.Id, 0)) background.Run(() => ReadLaterAsync(room.Id));
    }

    /// <summary>Reads the room again: the directory has said that this node is wrong about it.</summary>
    public void Read(Room room) => background.Run(() => ReadAsync(room));

    /// <summary>Reads many rooms again, some at a time.</summary>
    public Task ReadAsync(IEnumerable<Room> many) =>
        Parallel.ForEachAsync(many, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (room, _) => await ReadAsync(room));

    /// <summary>The directory does not know what this node knows of its own peers in a room.</summary>
    public void Owe(Room room) => Owe(room.Id);

    public void Owe(string room)
    {
        _owed.TryAdd(room, 0);
        Owing?.Invoke();
    }

    public IReadOnlyCollection<string> TakeOwed() => [.. _owed.Keys.Where(room => _owed.TryRemove(room, out _))];

    private async Task ReadLaterAsync(string id)
    {
        await Task.Delay(Patience, time);
        _reading.TryRemove(id, out _);
        // Not the one that it was: this node may have let that go, and be in the room anew.
        if (rooms.Find(id) is { HasGap: true } room) await ReadAsync(room);
    }

    private async Task ReadAsync(Room room)
    {
        try
        {
            if (room.Reconcile(await directory.ReadAsync(room.Id))) Owe(room);
            rooms.Release(room);
        }
        catch (DirectoryAwayException)
        {
            // Everything is asserted, and read, when it is back.
        }
    }
}
