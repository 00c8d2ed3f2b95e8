using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Faults.Nodes;

/// <summary>What a cluster is made of.</summary>
internal sealed record ClusterOptions
{
    public int Nodes { get; init; } = 2;

    /// <summary>The hubs' Redis; without one they know nothing of each other.</summary>
    public RedisOptions? Redis { get; init; } = new();

    /// <summary>A Redis that runs already instead; the cluster ends it.</summary>
    public RedisProcess? Running { get; init; }

    /// <summary>What the hubs are told of Redis instead: a set of sentinels.</summary>
    public string? Connection { get; init; }

    /// <summary>What else the hubs are told of Redis.</summary>
    public string ConnectionSuffix { get; init; } = "";

    /// <summary>Puts a fault proxy between each hub and Redis.</summary>
    public bool ProxiesRedis { get; init; }

    /// <summary>Further settings of every hub: <c>Signaling__Rooms__Capacity</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}
