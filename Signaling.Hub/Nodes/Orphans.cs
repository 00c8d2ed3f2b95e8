using Signaling.Hub.Redis;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Nodes;

/// <summary>
/// Brings back into a wiped directory the peers whose own node does not: it was lost as well. The other nodes of the room remember them. From then on they
/// are peers of a lost node like any others, which may resume, or leave in time.
/// </summary>
internal sealed class Orphans(RedisLink redis, RoomRegistry rooms, RedisRoomDirectory directory, RoomAnnouncer announcer, RoomRepair repair)
{
    // Longer than a node that lives needs to bring its peers back itself.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>Whether there are some that may be brought back soon.</returns>
    public async Task<bool> RestoreAsync()
    {
        var waiting = false;
        foreach (var room in rooms.All)
        {
            if (room.MissingFor(Patience) is { Count: > 0 } orphans) await RestoreAsync(room, orphans);
            if (room.HasOverdue) repair.Read(room);
            waiting |= room.MissingFor(TimeSpan.Zero).Count > 0;
        }

        return waiting;
    }

    private async Task RestoreAsync(Room room, IReadOnlyList<PeerEntry> orphans)
    {
        foreach (var node in orphans.Select(orphan => orphan.Node).Distinct())
        {
            await redis.ExecuteAsync(database => database.SetAddAsync(RedisKeys.RoomsOf(node), room.Id));
            await redis.ExecuteAsync(database => database.SetAddAsync(RedisKeys.Nodes, node));
        }

        if (await directory.RestoreAsync(room.Id, orphans) is not { } restored) return;
        room.Reconcile(restored);
        announcer.Changed(room.Id, restored);
    }
}
