using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Nodes;

/// <summary>Makes the directory agree with this node about this node's own peers, and this node with the directory about all others.</summary>
internal sealed class Reassertion(RoomRegistry rooms, RedisRoomDirectory directory, RoomAnnouncer announcer, RoomRepair repair, NodeNames names)
{
    private const int AtOnce = 32;

    /// <summary>Every room of this node, and what is owed.</summary>
    public Task AllAsync() => AssertAsync([.. rooms.All.Select(room => room.Id)], repair.TakeOwed());

    /// <summary>What is owed.</summary>
    public Task OwedAsync() => AssertAsync([], repair.TakeOwed());

    private async Task AssertAsync(IReadOnlyCollection<string> all, IReadOnlyCollection<string> owed)
    {
        try
        {
            await Parallel.ForEachAsync(
                all.Union(owed),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (room, _) => await AssertAsync(room, owed.Contains(room)));
        }
        catch (DirectoryAwayException)
        {
            foreach (var room in owed) repair.Owe(room);
            throw;
        }
    }

    /// <param name="id">The room.</param>
    /// <param name="untold">Whether other nodes may have missed something that this one did.</param>
    private async Task AssertAsync(string id, bool untold)
    {
        using var hold = rooms.Take(id);
        var (own, answer) = hold.Room.Assert(peers => directory.AssertAsync(id, names.All, peers));
        var assertion = await answer;
        var settled = hold.Room.Asserted(own, assertion.Lost, assertion.Room);
        hold.Room.Reconcile(assertion.Room);
        if (!settled) repair.Owe(id);
        if (!untold && !assertion.Changed) return;
        announcer.Changed(id, assertion.Room);
    }
}
