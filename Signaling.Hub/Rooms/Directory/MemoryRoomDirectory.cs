using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms.Directory;

/// <summary>The directory of a node that is alone.</summary>
internal sealed class MemoryRoomDirectory(TimeProvider time) : IRoomDirectory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entries> _rooms = new(StringComparer.Ordinal);

    public ValueTask<RoomSnapshot?> JoinAsync(string room, PeerEntry entry, int capacity)
    {
        lock (_gate)
        {
            var entries = _rooms.GetValueOrDefault(room) ?? new Entries(ResumeToken.New());
            if (entries.Peers.Count >= capacity) return new((RoomSnapshot?)null);
            _rooms[room] = entries;
            entries.Version++;
            entries.Peers.Add(entry.Id, new Record(entry with { Order = entries.Version }));
            return new(entries.Snapshot());
        }
    }

    public ValueTask<Resumption?> ResumeAsync(string room, ResumeClaim claim)
    {
        lock (_gate)
        {
            if (Find(room, claim.PeerId) is not { } record || !Opens(claim, record)) return new((Resumption?)null);
            var entries = _rooms[room];
            entries.Version++;
            if (record.Entry.ResumeHash == claim.TokenHash) (record.FormerHash, record.FormerUsed, record.Grace) = (claim.TokenHash, time.GetTimestamp(), claim.Grace);
            var former = record.Entry.Node;
            record.Entry = record.Entry with { Node = claim.Node, Generation = record.Entry.Generation + 1, ResumeHash = claim.NextHash, Away = false };
            return new(new Resumption(entries.Snapshot(), former));
        }
    }

    public ValueTask<RoomChange?> UpdateAsync(string room, PeerEntry entry)
    {
        lock (_gate)
        {
            if (Owned(room, entry) is not { } record) return new((RoomChange?)null);
            record.Entry = record.Entry with { Info = entry.Info, Away = entry.Away };
            return new(_rooms[room].Next());
        }
    }

    public ValueTask<RoomChange?> LeaveAsync(string room, PeerEntry entry)
    {
        lock (_gate)
        {
            if (Owned(room, entry) is null) return new((RoomChange?)null);
            var entries = _rooms[room];
            entries.Peers.Remove(entry.Id);
            if (entries.Peers.Count is 0) _rooms.Remove(room);
            return new(entries.Next());
        }
    }

    public ValueTask<RoomSnapshot> ReadAsync(string room)
    {
        lock (_gate) return new(_rooms.GetValueOrDefault(room)?.Snapshot() ?? new RoomSnapshot(RoomVersion.None, []));
    }

    private Record? Find(string room, string peerId) => _rooms.GetValueOrDefault(room)?.Peers.GetValueOrDefault(peerId);

    private Record? Owned(string room, PeerEntry entry) =>
        Find(room, entry.Id) is { } record && record.Entry.Node == entry.Node && record.Entry.Generation == entry.Generation ? record : null;

    private bool Opens(ResumeClaim claim, Record record) =>
        record.Entry.Info.User == claim.User
        && (record.Entry.ResumeHash == claim.TokenHash
            || (record.FormerHash == claim.TokenHash && time.GetElapsedTime(record.FormerUsed) < record.Grace));

    private sealed class Entries(string epoch)
    {
        public long Version { get; set; }

        public OrderedDictionary<string, Record> Peers { get; } = new(StringComparer.Ordinal);

        public RoomChange Next()
        {
            Version++;
            return new(new(epoch, Version), [.. Snapshot().Nodes]);
        }

        public RoomSnapshot Snapshot() => new(new(epoch, Version), [.. Peers.Values.Select(record => record.Entry)]);
    }

    private sealed class Record(PeerEntry entry)
    {
        public PeerEntry Entry { get; set; } = entry;

        public string? FormerHash { get; set; }

        public long FormerUsed { get; set; }

        public TimeSpan Grace { get; set; }
    }
}
