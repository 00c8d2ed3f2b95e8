namespace Signaling.LoadTest.Reports;

internal enum MetricUnit
{
    Count,
    Milliseconds,
    PerSecond,
}

internal enum Better
{
    Neither,
    Lower,
    Higher,
}

/// <summary>A number of a report by the name of its field, for thresholds and comparisons.</summary>
/// <param name="Name">The path in the JSON file.</param>
/// <param name="Alias">A shorter name.</param>
/// <param name="Unit">What it counts in.</param>
/// <param name="Better">Which way is an improvement.</param>
/// <param name="Read">Its value; none when nothing was measured.</param>
internal sealed record Metric(string Name, string Alias, MetricUnit Unit, Better Better, Func<RunReport, double?> Read)
{
    public static IReadOnlyList<Metric> All { get; } =
    [
        Count("peers.connected", "connected", Better.Higher, report => report.Peers.Connected),
        Count("peers.failed", "failed", Better.Lower, report => report.Peers.Failed),
        Count("peers.retries", "retries", Better.Lower, report => report.Peers.Retries),
        Count("peers.atEnd", "at-end", Better.Higher, report => report.Peers.AtEnd),
        Count("signals.sent", "sent", Better.Neither, report => report.Signals.Sent),
        Count("signals.received", "received", Better.Neither, report => report.Signals.Received),
        new("signals.receivedPerSecond", "rate", MetricUnit.PerSecond, Better.Higher, report => report.Signals.ReceivedPerSecond),
        Count("signals.lost", "lost", Better.Lower, report => report.Signals.Lost),
        Count("signals.duplicated", "duplicated", Better.Lower, report => report.Signals.Duplicated),
        Count("signals.reordered", "reordered", Better.Lower, report => report.Signals.Reordered),
        Count("signals.refused", "refused", Better.Lower, report => report.Signals.Refused),
        Count("signals.unaccountable", "unaccountable", Better.Neither, report => report.Signals.Unaccountable),
        Count("signals.foreign", "foreign", Better.Lower, report => report.Signals.Foreign),
        Count("signals.skipped", "skipped", Better.Lower, report => report.Signals.Skipped),
        .. Times("latencyMs", "", report => report.LatencyMs),
        .. Times("joinMs", "join.", report => report.JoinMs),
        .. Times("pingMs", "ping.", report => report.PingMs),
        .. Times("sendLagMs", "lag.", report => report.SendLagMs),
        Count("abnormalDisconnects", "disconnects", Better.Lower, report => report.AbnormalDisconnects),
        Count("errors", "errors", Better.Lower, report => report.Errors.Values.Sum()),
    ];

    public static Metric? Find(string name) => All.FirstOrDefault(metric =>
        metric.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || metric.Alias.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Metric Count(string name, string alias, Better better, Func<RunReport, double> read) =>
        new(name, alias, MetricUnit.Count, better, report => read(report));

    private static IEnumerable<Metric> Times(string field, string alias, Func<RunReport, HistogramReport> of)
    {
        yield return Time("mean", times => times.Mean);
        yield return Time("p50", times => times.P50);
        yield return Time("p90", times => times.P90);
        yield return Time("p99", times => times.P99);
        yield return Time("p999", times => times.P999);
        yield return Time("max", times => times.Max);

        Metric Time(string name, Func<HistogramReport, double?> read) =>
            new($"{field}.{name}", alias + name, MetricUnit.Milliseconds, Better.Lower, report => read(of(report)));
    }
}
