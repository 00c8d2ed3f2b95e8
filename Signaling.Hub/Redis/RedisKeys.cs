using StackExchange.Redis;

namespace Signaling.Hub.Redis;

/// <summary>Every Redis key and channel of the hub. All begin with <see cref="Prefix"/>, to which an ACL user can be limited.</summary>
/// <remarks>What belongs to one room or one node is in one hash slot, so that Redis Cluster can hold it.</remarks>
internal static class RedisKeys
{
    public const string Prefix = "signaling:";

    /// <summary>Hash: the version (<c>v</c>) and epoch (<c>e</c>) of a room, and two fields per peer (see PeerFields).</summary>
    public static RedisKey Room(string room) => $"{Prefix}room:{{{room}}}";

    /// <summary>Hash with a TTL: the peers of a room in another region, as a copy; fields as those of <see cref="Room"/>, and <c>a</c>: versions that arrived too early.</summary>
    public static RedisKey Replica(string room, string region) => $"{Prefix}room:{{{room}}}:from:{region}";

    /// <summary>String with a TTL: its node lives.</summary>
    public static RedisKey Lease(string node) => $"{Prefix}node:{{{node}}}:lease";

    /// <summary>Set: the rooms in which a node has peers.</summary>
    public static RedisKey RoomsOf(string node) => $"{Prefix}node:{{{node}}}:rooms";

    /// <summary>Set: the nodes that live, or whose peers have not left yet.</summary>
    public static RedisKey Nodes { get; } = $"{Prefix}nodes";

    /// <summary>Prefix of the backplane's channels.</summary>
    public static RedisChannel Channels { get; } = RedisChannel.Literal(Prefix);
}
