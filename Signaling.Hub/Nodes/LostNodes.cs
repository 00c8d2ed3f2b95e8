using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Redis;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Nodes;

/// <summary>
/// Finds nodes whose lease has ended. Their peers are reconnecting for as long as they may resume, then leave; once, whichever node removes them from the
/// directory.
/// </summary>
internal sealed partial class LostNodes(
    RedisLink redis, NodeNames names, RoomRegistry rooms, RedisRoomDirectory directory, RoomAnnouncer announcer, NodeMetrics metrics, Chronicle chronicle, IOptions<SignalingOptions> options, TimeProvider time,
    ILogger<LostNodes> logger)
{
    private readonly Dictionary<string, long> _lostSince = new(StringComparer.Ordinal);

    public async Task SweepAsync()
    {
        var listed = (await redis.ExecuteAsync(database => database.SetMembersAsync(RedisKeys.Nodes))).Select(node => node.ToString()).ToHashSet();
        var nodes = listed.Where(node => node != names.Current).Union(rooms.All.SelectMany(room => room.OtherNodes()).Where(node => !names.IsMine(node))).ToArray();
        foreach (var former in _lostSince.Keys.Except(nodes).ToArray()) _lostSince.Remove(former);
        foreach (var node in nodes)
        {
            if (await redis.ExecuteAsync(database => database.KeyExistsAsync(RedisKeys.Lease(node))))
            {
                _lostSince.Remove(node);
                continue;
            }

            if (_lostSince.TryAdd(node, time.GetTimestamp()) && listed.Contains(node))
            {
                LogLost(node);
                metrics.NodeLost();
            }

            var since = time.GetElapsedTime(_lostSince[node]);
            if (!listed.Contains(node) && since < options.Value.Nodes.Lease) continue; // Redis was wiped: it may be about to name itself anew.
            foreach (var room in rooms.All) room.MarkNodeLost(node);
            if (since >= options.Value.Rooms.ResumeWindow) await ReapAsync(node);
        }
    }

    private async Task ReapAsync(string node)
    {
        while (await redis.ExecuteAsync(database => database.SetPopAsync(RedisKeys.RoomsOf(node))) is { IsNull: false } room) await ExpireAsync(room!, node);
        foreach (var room in rooms.All.Where(room => room.HasPeersOf(node))) await ExpireAsync(room.Id, node);
        await redis.ExecuteAsync(database => database.SetRemoveAsync(RedisKeys.Nodes, node));
        _lostSince.Remove(node);
    }

    private async Task ExpireAsync(string id, string node)
    {
        var (snapshot, removed) = await directory.ExpireAsync(id, node);
        var first = snapshot.Version.Number - removed.Length;
        var room = rooms.Find(id);
        for (var i = 0; i < removed.Length; i++)
        {
            var version = snapshot.Version with { Number = first + i + 1 };
            chronicle.Left(id, removed[i], LeaveReason.NodeLost); // First: who sees the peer gone also sees why.
            room?.Remove(null, removed[i], LeaveReason.NodeLost, version);
            announcer.Left(id, snapshot.Nodes, removed[i], LeaveReason.NodeLost, version);
        }

        room?.Reconcile(snapshot);
    }

    [LoggerMessage(21, LogLevel.Warning, "Node {Node} was lost")]
    private partial void LogLost(string node);
}
