using Microsoft.Extensions.Options;
using Signaling.Hub.Redis;
using Signaling.Hub.Rooms.Directory;
using StackExchange.Redis;

namespace Signaling.Hub.Regions.Replicas;

/// <summary>The copies, in this region's Redis, of the rosters of other regions. Each lives as long as its region may be silent, unless it is renewed.</summary>
internal sealed class ReplicaStore(RedisLink redis, IOptions<SignalingOptions> options)
{
    private static readonly string Keep = LuaFile.Read("nodes", "keep");
    private static readonly string KeepRoster = LuaFile.Read("nodes", "replica", "keep-roster");
    private static readonly string Touch = LuaFile.Read("replica", "touch");

    // A copy that is renewed with the region's lease still lives at its end.
    private readonly long _lifeSeconds = (long)Math.Ceiling(options.Value.Links.Lease.TotalSeconds * 1.5);

    /// <summary>Takes in that a peer has joined, changed or moved.</summary>
    public Task<Kept> PutAsync(string region, string room, RoomVersion version, string peerId, byte[] socket, byte[] info) =>
        KeepAsync(region, room, version, peerId, socket, info);

    /// <summary>Takes in that a peer has left.</summary>
    public Task<Kept> RemoveAsync(string region, string room, RoomVersion version, string peerId) => KeepAsync(region, room, version, peerId, "", "");

    /// <summary>Takes in all peers that a region has in a room.</summary>
    /// <returns>The nodes of this region that have to read it; none when it was known.</returns>
    public async Task<IReadOnlyList<string>> ReplaceAsync(string region, string room, RoomVersion version, IEnumerable<(string Id, byte[] Socket, byte[] Info)> peers)
    {
        RedisValue[] fields = [.. peers.SelectMany(peer => new RedisValue[] { peer.Id, peer.Socket, peer.Info })];
        var answer = await EvaluateAsync(KeepRoster, region, room, [version.Epoch, version.Number, _lifeSeconds, .. fields]);
        return answer.IsNull ? [] : (string[])answer!;
    }

    /// <summary>Renews a copy.</summary>
    /// <returns><c>false</c> when it lacks something.</returns>
    public async Task<bool> TouchAsync(string region, string room, RoomVersion version) =>
        (bool)await EvaluateAsync(Touch, region, room, version.Epoch, version.Number, _lifeSeconds);

    private async Task<Kept> KeepAsync(string region, string room, RoomVersion version, string peerId, RedisValue socket, RedisValue info)
    {
        var answer = (RedisResult[])(await EvaluateAsync(Keep, region, room, version.Epoch, version.Number, _lifeSeconds, peerId, socket, info))!;
        return new Kept((string?)answer[0] is "1", (string[])answer[1]!);
    }

    private Task<RedisResult> EvaluateAsync(string script, string region, string room, params RedisValue[] arguments) =>
        redis.ExecuteAsync(database => database.ScriptEvaluateAsync(script, [RedisKeys.Replica(room, region), RedisKeys.Room(room)], arguments));
}

/// <summary>What has become of a change.</summary>
/// <param name="HasGap">Whether something before it is missing.</param>
/// <param name="Nodes">The nodes of this region that have peers in the room.</param>
internal sealed record Kept(bool HasGap, IReadOnlyList<string> Nodes);
