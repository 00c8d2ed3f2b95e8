using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Which regions, and how far from each other.</summary>
internal sealed record RegionSetOptions
{
    public IReadOnlyList<string> Names { get; init; } = ["seoul", "frankfurt"];

    /// <summary>Of each region.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>From each region to each other one, one way.</summary>
    public TimeSpan Delay { get; init; }

    public TimeSpan Jitter { get; init; }

    public RedisOptions Redis { get; init; } = new();

    /// <summary>What else the hubs are told of their own Redis.</summary>
    public string ConnectionSuffix { get; init; } = "";

    /// <summary>What else they are told of the Redis of other regions.</summary>
    public string LinkSuffix { get; init; } = "";

    /// <summary>Of every hub. Links are judged sooner than in a real network.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = Quick;

    public static IReadOnlyDictionary<string, string> Quick { get; } = new Dictionary<string, string>
    {
        ["Signaling__Nodes__Lease"] = "00:00:03",
        ["Signaling__Links__Beat"] = "00:00:00.25",
        ["Signaling__Links__Silence"] = "00:00:02",
        ["Signaling__Links__Lease"] = "00:00:20",
    };
}
