using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Telemetry;

/// <summary>What a hub answers at <c>/metrics</c>, read as text.</summary>
internal sealed partial class Scrape
{
    private static readonly HttpClient Http = new();

    private readonly Dictionary<string, double> _samples = new(StringComparer.Ordinal);

    private Scrape(string text)
    {
        Text = text;
        foreach (Match sample in Sample().Matches(text)) _samples.Add(sample.Groups["series"].Value, double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));
        Families = [.. Family().Matches(text).Select(family => (family.Groups["name"].Value, family.Groups["type"].Value, family.Groups["help"].Value))];
    }

    public string Text { get; }

    public IReadOnlyList<(string Name, string Type, string Help)> Families { get; }

    /// <summary>How many series there are.</summary>
    public int Count => _samples.Count;

    public IEnumerable<string> Series => _samples.Keys;

    /// <summary>The value of a series as it is written, such as <c>signaling_peers{state="connected"}</c>; 0 when there is none.</summary>
    public double this[string series] => _samples.GetValueOrDefault(series);

    /// <param name="hub">The address under which <c>/metrics</c> is.</param>
    public static async Task<Scrape> OfAsync(Uri hub) => new(await Http.GetStringAsync(new Uri(hub, "metrics")));

    /// <summary>Until a series has a value.</summary>
    public static async Task<Scrape> UntilAsync(Uri hub, string series, double value)
    {
        Scrape? last = null;
        await Eventually.TrueAsync(async () => (last = await OfAsync(hub))[series] >= value, $"{series} is {value}");
        return last!;
    }

    /// <summary>What the hub itself has counted since, as <c>series change</c>; of histograms the sums and counts.</summary>
    public IEnumerable<string> Since(Scrape before) => _samples
        .Where(sample => sample.Key.StartsWith("signaling_", StringComparison.Ordinal) && !sample.Key.Contains("_bucket{", StringComparison.Ordinal) && sample.Value != before[sample.Key])
        .Select(sample => string.Create(CultureInfo.InvariantCulture, $"{sample.Key} {sample.Value - before[sample.Key]:0.######}"));

    /// <summary>Like <see cref="Since"/>, without the sums of times that are the machine's.</summary>
    public IEnumerable<string> CountsSince(Scrape before) => Since(before).Where(change => !change.Contains("_sum", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?<series>[a-z_]+(\{.*\})?) (?<value>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"^# HELP (?<name>\S+) (?<help>.*)\n# TYPE \k<name> (?<type>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Family();
}
