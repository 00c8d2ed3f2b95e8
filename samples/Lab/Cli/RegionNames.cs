using System.Globalization;
using Signaling.Lab.Regions;
using Signaling.LoadTest.Cli;

namespace Signaling.Lab.Cli;

/// <summary>How regions, pairs and distances are written on a command line.</summary>
internal static class RegionNames
{
    public static readonly TimeSpan Farthest = TimeSpan.FromSeconds(10);
    private static readonly string[] Names = [.. Distances.Real.Keys.SelectMany(pair => (string[])[pair.One, pair.Other]).Distinct()];

    /// <exception cref="FormatException">It is no distance, such as <c>seoul-frankfurt=235ms</c>.</exception>
    public static KeyValuePair<RegionPair, TimeSpan> ParseDistance(string text)
    {
        if (text.Split('=') is not [var pair, var time]) throw new FormatException($"'{text}' is no distance, such as seoul-frankfurt=235ms.");
        return new(ParsePair(pair), ParseTime(time));
    }

    /// <exception cref="FormatException">It is no time from 0 to 10 s.</exception>
    public static TimeSpan ParseTime(string text) => Duration.TryParse(text, out var time) && time.Time <= Farthest
        ? time.Time
        : throw new FormatException($"'{text}' is no time from 0ms to {Farthest.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s.");

    /// <summary><c>seoul-frankfurt</c> is both ways, <c>seoul&gt;frankfurt</c> one.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public static IReadOnlyList<(string From, string To)> ParseWays(string text)
    {
        if (text.Split('>') is not [var from, var to]) return ParsePair(text) is var pair ? [(pair.One, pair.Other), (pair.Other, pair.One)] : [];
        _ = ParsePair($"{from}-{to}");
        return [(from, to)];
    }

    private static RegionPair ParsePair(string text) =>
        text.Split('-') is [var one, var other] && one != other && Names.Contains(one) && Names.Contains(other)
            ? new RegionPair(one, other)
            : throw new FormatException($"'{text}' is no pair of {string.Join(", ", Names)}, such as {Distances.Real.Keys.First()}.");
}
