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
            entry.Node, entry.Generation, entry.Away ? true : null, entry.ResumeHash, entry.Info.User, entry.Order, entry.Former?.Hash, entry.Former?.Until, entry.Former?.Attempt),
        PeerFieldsJson.Default.PeerSocket);

    /// <summary>The peers in what HGETALL answers, in the order in which they joined.</summary>
    public static IReadOnlyList<PeerEntry> Read(RedisResult hash)
    {
        var fields = hash.ToDictionary();
        return
        [
            .. fields
                .Where(field => field.Key.StartsWith(SocketPrefix, StringComparison.Ordinal))
                .Select(field => Read((byte[])field.Value!, (byte[])fields[InfoPrefix + field.Key[SocketPrefix.Length..]]!))
                .OrderBy(entry => entry.Order),
        ];
    }

    public static PeerEntry Read(byte[] socketJson, byte[] infoJson)
    {
        var socket = JsonSerializer.Deserialize(socketJson, PeerFieldsJson.Default.PeerSocket)!;
        return new PeerEntry
        {
            Info = JsonSerializer.Deserialize(infoJson, InfoType)!,
            Node = socket.Node,
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
    string Node, long Generation, bool? Away, string? Hash, string? User, long Order, string? Former = null, long? FormerUntil = null, long? Attempt = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PeerSocket))]
internal sealed partial class PeerFieldsJson : JsonSerializerContext;
