namespace Signaling.Hub.Operator.Console.Journal;

/// <summary>The last events of the peers of this node, of all rooms together. It takes memory as it fills, up to its capacity.</summary>
internal sealed class RoomJournal(int capacity = RoomJournal.Capacity)
{
    public const int Capacity = 100_000;

    private const int Beginning = 256;

    private readonly Lock _gate = new();
    private RoomEvent[] _ring = new RoomEvent[Math.Min(Beginning, capacity)];
    private long _count;

    public void Add(in RoomEvent what)
    {
        lock (_gate)
        {
            if (_count == _ring.Length && _ring.Length < capacity) Array.Resize(ref _ring, Math.Min(capacity, 2 * _ring.Length));
            _ring[_count % _ring.Length] = what;
            _count++;
        }
    }

    /// <summary>The latest events of a room, oldest first.</summary>
    /// <param name="room">The room.</param>
    /// <param name="after">Where the last reading has ended; 0 for all there are.</param>
    /// <param name="most">No more than so many.</param>
    /// <returns>The events, and where this reading has ended.</returns>
    public (IReadOnlyList<RoomEvent> Events, long End) Of(string room, long after, int most)
    {
        var found = new List<RoomEvent>();
        lock (_gate)
        {
            var oldest = Math.Max(after, _count - _ring.Length);
            for (var i = _count - 1; i >= oldest && found.Count < most; i--)
            {
                ref readonly var one = ref _ring[i % _ring.Length];
                if (one.Room == room) found.Add(one);
            }

            found.Reverse();
            return (found, _count);
        }
    }
}
