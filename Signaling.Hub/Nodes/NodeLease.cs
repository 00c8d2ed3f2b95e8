using Microsoft.Extensions.Options;
using Signaling.Hub.Redis;
using Signaling.Hub.Rooms;
using Signaling.Hub.Telemetry.Metrics;
using StackExchange.Redis;

namespace Signaling.Hub.Nodes;

/// <summary>What the region knows of this node: that it lives, and in which rooms it has peers.</summary>
internal sealed class NodeLease : IDisposable
{
    private readonly RedisLink _redis;
    private readonly NodeNames _names;
    private readonly RoomRegistry _rooms;
    private readonly NodeMetrics _metrics;
    private readonly TimeSpan _length;
    private long _taken;
    private long _roundTripTicks;

    public NodeLease(RedisLink redis, NodeNames names, RoomRegistry rooms, NodeMetrics metrics, IOptions<SignalingOptions> options)
    {
        (_redis, _names, _rooms, _metrics, _length) = (redis, names, rooms, metrics, WholeSeconds(options.Value.Nodes.Lease));
        rooms.Changed += OnRoomChanged;
    }

    /// <summary>Whether the others still have to take this node for alive.</summary>
    public bool IsHeld => Volatile.Read(ref _taken) is not 0 and var taken && _redis.Time.GetElapsedTime(taken) < _length;

    /// <summary>Of the last renewal; <c>null</c> before the first.</summary>
    public TimeSpan? RoundTrip => Interlocked.Read(ref _roundTripTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Takes a lease under the node's id of now.</summary>
    public async Task AcquireAsync()
    {
        var (node, began) = (_names.Current, _redis.Time.GetTimestamp());
        await _redis.ExecuteAsync(database => database.StringSetAsync(RedisKeys.Lease(node), "", _length));
        Volatile.Write(ref _taken, began);
        await _redis.ExecuteAsync(database => database.SetAddAsync(RedisKeys.Nodes, node));
        RedisValue[] rooms = [.. _rooms.All.Select(room => (RedisValue)room.Id)];
        if (rooms.Length > 0) await _redis.ExecuteAsync(database => database.SetAddAsync(RedisKeys.RoomsOf(node), rooms));
    }

    /// <returns><c>false</c> when the lease was lost: others may have seen this node as dead.</returns>
    public async Task<bool> RenewAsync()
    {
        var began = _redis.Time.GetTimestamp();
        var held = await _redis.ExecuteAsync(database => database.StringSetAsync(RedisKeys.Lease(_names.Current), "", _length, when: When.Exists));
        _metrics.LeaseRenewed(began);
        Interlocked.Exchange(ref _roundTripTicks, _redis.Time.GetElapsedTime(began).Ticks);
        Volatile.Write(ref _taken, held ? began : 0);
        return held;
    }

    /// <summary>Others need not wait for the lease to end.</summary>
    public async Task ReleaseAsync()
    {
        var node = _names.Current;
        await _redis.ExecuteAsync(database => database.KeyDeleteAsync(RedisKeys.Lease(node)));
        if (_rooms.Count is 0) await _redis.ExecuteAsync(database => database.SetRemoveAsync(RedisKeys.Nodes, node));
    }

    public void Dispose() => _rooms.Changed -= OnRoomChanged;

    /// <summary>Other times would need another command of Redis, which its ACL user may not use.</summary>
    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds));

    private void OnRoomChanged(string room, bool entered)
    {
        if (!_redis.IsUp) return; // All are named anew, with the next lease or by being asserted.
        var (database, key) = (_redis.Multiplexer.GetDatabase(), RedisKeys.RoomsOf(_names.Current));
        if (entered) database.SetAdd(key, room, CommandFlags.FireAndForget);
        else database.SetRemove(key, room, CommandFlags.FireAndForget);
    }
}
