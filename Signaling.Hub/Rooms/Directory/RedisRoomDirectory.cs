using Signaling.Hub.Redis;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry.Tracing;
using StackExchange.Redis;

namespace Signaling.Hub.Rooms.Directory;

/// <summary>The directory of a region: one Redis hash a room, changed by Lua, each change one round trip.</summary>
internal sealed class RedisRoomDirectory(RedisLink redis, Reachability reachability) : IRoomDirectory
{
    private static readonly string Join = LuaFile.Read("replicas", "join");
    private static readonly string Resume = LuaFile.Read("replicas", "resume");
    private static readonly string Update = LuaFile.Read("owned", "nodes", "update");
    private static readonly string Leave = LuaFile.Read("owned", "nodes", "leave");
    private static readonly string Get = LuaFile.Read("replicas", "read");
    private static readonly string Assert = LuaFile.Read("replicas", "assert");
    private static readonly string Expire = LuaFile.Read("expire");
    private static readonly string Restore = LuaFile.Read("restore");

    public async ValueTask<RoomSnapshot?> JoinAsync(string room, PeerEntry entry, int capacity)
    {
        var others = reachability.Regions;
        using var span = Spans.Query("join");
        var answer = await EvaluateWithReplicasAsync(Join, room, others, entry.Id, PeerFields.Socket(entry), PeerFields.Info(entry), capacity, NewEpoch());
        return answer.IsNull ? null : SnapshotOf((RedisResult[])answer!, others);
    }

    public async ValueTask<Resumption?> ResumeAsync(string room, ResumeClaim claim)
    {
        var others = reachability.Regions;
        using var span = Spans.Query("resume");
        var answer = await EvaluateWithReplicasAsync(
            Resume, room, others, claim.PeerId, claim.User ?? "", claim.TokenHash, claim.NextHash, claim.Node, (long)claim.Grace.TotalMilliseconds, claim.Attempt ?? RedisValue.EmptyString,
            (long)claim.Incomplete.TotalMilliseconds);
        if (answer.Resp2Type is ResultType.Integer && (int)answer is 1) throw new DirectoryAwayException();
        if (answer.Resp2Type is not ResultType.Integer) return answer.IsNull ? null : new Resumption(SnapshotOf((RedisResult[])answer!, others), (string)answer[4]!);
        return await HasForgottenAsync(claim.Node) ? throw new DirectoryAwayException() : null;
    }

    /// <summary>Whether that there is no such peer may only mean that Redis was wiped: it does not know the node either, or did not just now.</summary>
    private async Task<bool> HasForgottenAsync(string node) =>
        redis.MayHaveForgotten || !await redis.ExecuteAsync(database => database.KeyExistsAsync(RedisKeys.Lease(node)));

    public async ValueTask<RoomChange?> UpdateAsync(string room, PeerEntry entry) =>
        ChangeOf(await EvaluateAsync(Update, room, entry.Id, entry.Node, entry.Generation, PeerFields.Info(entry), entry.Away ? "1" : ""));

    public async ValueTask<RoomChange?> LeaveAsync(string room, PeerEntry entry) =>
        ChangeOf(await EvaluateAsync(Leave, room, entry.Id, entry.Node, entry.Generation));

    public async ValueTask<RoomSnapshot> ReadAsync(string room)
    {
        var others = reachability.Regions;
        return SnapshotOf((RedisResult[])(await EvaluateWithReplicasAsync(Get, room, others))!, others);
    }

    /// <summary>Makes a room agree with this node about this node's own peers.</summary>
    /// <param name="room">The room.</param>
    /// <param name="names">The node's ids: the present one first, then former ones.</param>
    /// <param name="own">What the node knows of the room and of its own peers in it.</param>
    public async ValueTask<Assertion> AssertAsync(string room, IReadOnlyList<string> names, OwnPeers own)
    {
        List<RedisValue> arguments = [own.Known.Epoch, own.Known.Number, NewEpoch(), names.Count, .. names.Select(name => (RedisValue)name)];
        arguments.AddRange([own.Joining.Count, .. own.Joining.Select(id => (RedisValue)id)]);
        foreach (var (entry, registered) in own.Peers) arguments.AddRange([entry.Id, PeerFields.Socket(entry), PeerFields.Info(entry), registered ? "1" : ""]);
        var others = reachability.Regions;
        var answer = (RedisResult[])(await EvaluateWithReplicasAsync(Assert, room, others, [.. arguments]))!;
        return new Assertion(SnapshotOf(answer, others), (string[])answer[4]!, (string?)answer[5] is "1");
    }

    /// <summary>Removes the peers of a node that was lost.</summary>
    /// <returns>The room without them, and who they were.</returns>
    public async ValueTask<(RoomSnapshot Room, string[] Removed)> ExpireAsync(string room, string node)
    {
        var answer = (RedisResult[])(await EvaluateAsync(Expire, room, node))!;
        return (SnapshotOf(answer), (string[])answer[3]!);
    }

    /// <summary>Adds peers of other nodes that the room has lost, but for those that it has again.</summary>
    /// <returns>The room with them; <c>null</c> when there is none.</returns>
    public async ValueTask<RoomSnapshot?> RestoreAsync(string room, IEnumerable<PeerEntry> peers) =>
        SnapshotOf(await EvaluateAsync(Restore, room, [.. peers.SelectMany(entry => new RedisValue[] { entry.Id, PeerFields.Socket(entry), PeerFields.Info(entry) })]));

    private static string NewEpoch() => ResumeToken.New();

    private static RoomSnapshot? SnapshotOf(RedisResult answer) => answer.IsNull ? null : SnapshotOf((RedisResult[])answer!);

    private static RoomSnapshot SnapshotOf(RedisResult[] answer) => new(VersionOf(answer), PeerFields.Read(answer[2]));

    private static RoomSnapshot SnapshotOf(RedisResult[] answer, IReadOnlyList<string> others) =>
        SnapshotOf(answer) with { Replicas = [.. others.Zip((RedisResult[])answer[3]!, PeerFields.ReadReplica)] };

    private static RoomChange? ChangeOf(RedisResult answer) => answer.IsNull ? null : new(VersionOf((RedisResult[])answer!), (string[])answer[2]!);

    private static RoomVersion VersionOf(RedisResult[] answer) => new((string)answer[1]!, (long)answer[0]);

    private Task<RedisResult> EvaluateAsync(string script, string room, params RedisValue[] arguments) => EvaluateWithReplicasAsync(script, room, [], arguments);

    private Task<RedisResult> EvaluateWithReplicasAsync(string script, string room, IReadOnlyList<string> others, params RedisValue[] arguments) =>
        redis.ExecuteAsync(database => database.ScriptEvaluateAsync(script, [RedisKeys.Room(room), .. others.Select(region => RedisKeys.Replica(room, region))], arguments));
}

/// <summary>What a node knows of its own peers in a room.</summary>
/// <param name="Known">The version of the room that it knows.</param>
/// <param name="Peers">Its peers, and whether the directory has had each before.</param>
/// <param name="Joining">Peers of which the directory is being told just now.</param>
internal sealed record OwnPeers(RoomVersion Known, IReadOnlyList<(PeerEntry Entry, bool Registered)> Peers, IReadOnlyCollection<string> Joining);

/// <summary>What an assertion has found.</summary>
/// <param name="Room">The room as it is now.</param>
/// <param name="Lost">Peers that are not the node's any more: they have resumed elsewhere, or have left.</param>
/// <param name="Changed">Whether the directory was changed by it.</param>
internal sealed record Assertion(RoomSnapshot Room, IReadOnlyList<string> Lost, bool Changed);
