using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>Adds up what several nodes have counted, by region and step, and gives each step of a region once.</summary>
internal sealed class HistoryMerge
{
    private readonly Dictionary<string, long> _given = new(StringComparer.Ordinal);

    /// <summary>The last step of a region that was given.</summary>
    public long GivenOf(string region) => _given.GetValueOrDefault(region);

    /// <returns>The regions that have something new.</returns>
    public HistoryView Heard(IEnumerable<Answer> answers)
    {
        var latest = answers.Where(answer => answer.History is not null).GroupBy(answer => answer.Instance).Select(same => same.Last());
        return new(HubHistory.StepSeconds, [.. latest.GroupBy(answer => answer.Region).OrderBy(region => region.Key, StringComparer.Ordinal).Select(region => Take(region.Key, region)).OfType<RegionHistoryView>()]);
    }

    private RegionHistoryView? Take(string region, IEnumerable<Answer> answers)
    {
        var given = GivenOf(region);
        var points = answers
            .SelectMany(answer => answer.History!)
            .Where(sample => sample.Step > given)
            .GroupBy(sample => sample.Step)
            .OrderBy(step => step.Key)
            .TakeLast(HubHistory.Steps)
            .Select(step => PointOf(step.Key, [.. step]))
            .ToArray();
        if (points.Length is 0) return null;
        _given[region] = HubHistory.StepOf(points[^1].At) - 1;
        return new(region, points);
    }

    private static PointView PointOf(long step, IReadOnlyList<Sample> samples) => new(
        HubHistory.EndOf(step),
        samples.Sum(sample => sample.Connections),
        samples.Sum(sample => sample.Peers),
        samples.Sum(sample => sample.Rooms),
        (double)samples.Sum(sample => sample.Signals) / HubHistory.StepSeconds,
        QuantilesOf(samples, sample => sample.Relay),
        QuantilesOf(samples, sample => sample.ClientRoundTrip),
        QuantilesOf(samples, sample => sample.IceSetUp),
        samples.Sum(sample => sample.IceConnected),
        samples.Sum(sample => sample.IceFailed),
        samples.Sum(sample => sample.IceRelayed),
        samples.Sum(sample => sample.AbnormalEnds));

    private static Quantiles? QuantilesOf(IEnumerable<Sample> samples, Func<Sample, IReadOnlyList<int>> of)
    {
        var merged = new MergedBuckets();
        foreach (var sample in samples) merged.Add(of(sample));
        return merged.Quantiles();
    }
}
