using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Signaling.Contracts;
using StackExchange.Redis;

namespace Signaling.Hub.Rooms.Directory;

/// <summary>A peer in Redis and between nodes: two fields of its room's hash. <c>s:id</c> is its socket, which Lua reads; <c>i:id</c> is what the others see, which Lua leaves alone.</summary>
internal static class PeerFields
{
    private const string SocketPrefix = "s:";
    private const string InfoPrefix = "i:";

    private static readonly JsonTypeInfo<PeerInfo> InfoType =
        (JsonTypeInfo<PeerInfo>)SignalingJson.Options.GetTypeInfo(typeof(PeerInfo));

    public static byte[] Info(PeerEntry entry) => JsonSerializer.SerializeToUtf8Bytes(entry.Info, InfoType);

    public static byte[] Socket(PeerEntry entry) => JsonSerializer.SerializeToUtf8Bytes(
        new PeerSocket(
            entry.Node, entry.Generation, entry.Away ? true : null, entry.ResumeHash, entry.Info.User, entry.Order, entry.Joined, entry.Former?.Hash, entry.Former?.Until, entry.Former?.Attempt),
        PeerFieldsJson.Default.PeerSocket);

    /// <summary>The peers in what HGETALL answers, in the order in which they joined.</summary>
    /// <param name="hash">The answer.</param>
    /// <param name="region">Their region; <c>null</c> for this node's own.</param>
    public static IReadOnlyList<PeerEntry> Read(RedisResult hash, string? region = null)
    {
        var fields = hash.ToDictionary();
        return
        [
            .. fields
                .Where(field => field.Key.StartsWith(SocketPrefix, StringComparison.Ordinal))
                .Select(field => Read((byte[])field.Value!, (byte[])fields[InfoPrefix + field.Key[SocketPrefix.Length..]]!, region))
                .OrderBy(entry => entry.Order),
        ];
    }

    /// <summary>What HGETALL answers of the peers of another region.</summary>
    public static Replica ReadReplica(string region, RedisResult hash)
    {
        var fields = hash.ToDictionary();
        return fields.TryGetValue("e", out var epoch)
            ? new Replica(region, new RoomVersion((string)epoch!, (long)fields["v"]), Read(hash, region))
            : new Replica(region, RoomVersion.None, []);
    }

    public static PeerEntry Read(byte[] socketJson, byte[] infoJson, string? region = null)
    {
        var socket = JsonSerializer.Deserialize(socketJson, PeerFieldsJson.Default.PeerSocket)!;
        return new PeerEntry
        {
            Info = JsonSerializer.Deserialize(infoJson, InfoType)!,
            Region = region,
            Node = socket.Node,
            Joined = socket.Joined,
            Generation = socket.Generation,
            Away = socket.Away is true,
            ResumeHash = socket.Hash,
            Former = socket is { Former: { } former, FormerUntil: { } until } ? new FormerToken(former, until, socket.Attempt) : null,
            Order = socket.Order,
        };
    }
}

/// <summary>The socket of a peer. Lua writes <c>former</c>, <c>formerUntil</c> and <c>attempt</c> (see <see cref="FormerToken"/>); nodes remember them, too, for a directory that was wiped.</summary>
internal sealed record PeerSocket(
    string Node, long Generation, bool? Away, string? Hash, string? User, long Order, long Joined, string? Former = null, long? FormerUntil = null, long? Attempt = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerSocket))]
internal sealed partial class PeerFieldsJson : JsonSerializerContext;
