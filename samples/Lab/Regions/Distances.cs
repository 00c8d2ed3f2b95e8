namespace Signaling.Lab.Regions;

/// <summary>How far apart the regions are: round-trip times.</summary>
internal static class Distances
{
    public const string Source = "Microsoft, Azure network round-trip latency statistics: medians of July 2026 between Korea Central, Germany West Central and East US";

    public static readonly IReadOnlyDictionary<RegionPair, TimeSpan> Real = new Dictionary<RegionPair, TimeSpan>
    {
        [new("seoul", "frankfurt")] = TimeSpan.FromMilliseconds(235),
        [new("seoul", "virginia")] = TimeSpan.FromMilliseconds(185),
        [new("frankfurt", "virginia")] = TimeSpan.FromMilliseconds(94),
    };

    /// <summary>The real ones, but for those that are given.</summary>
    public static IReadOnlyDictionary<RegionPair, TimeSpan> With(IEnumerable<KeyValuePair<RegionPair, TimeSpan>> others)
    {
        var all = Real.ToDictionary();
        foreach (var (pair, roundTrip) in others) all[pair] = roundTrip;
        return all;
    }
}
