namespace Signaling.Tests.Faults.Redis;

/// <summary>How a redis-server is run; in memory only, open to all and alone unless said otherwise.</summary>
internal sealed record RedisOptions
{
    /// <summary>Of the default user.</summary>
    public string? Password { get; init; }

    /// <summary>Further users as in Redis' ACL language: <c>hub on &gt;secret ~sig:* &amp;sig:* +@all</c>.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>TLS only, with a certificate of an authority of its own.</summary>
    public bool Tls { get; init; }

    public RedisProcess? ReplicaOf { get; init; }

    /// <summary>A Redis Cluster of this one server, which has all hash slots.</summary>
    public bool Clustered { get; init; }

    /// <summary>Further lines of the configuration file.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
