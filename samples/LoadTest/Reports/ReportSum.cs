namespace Signaling.LoadTest.Reports;

/// <summary>Adds up the reports of processes that ran side by side.</summary>
internal static class ReportSum
{
    public static RunReport Of(IEnumerable<RunReport> reports) => reports.Aggregate(Add);

    private static RunReport Add(RunReport one, RunReport other) => one with
    {
        StartedAt = one.StartedAt < other.StartedAt ? one.StartedAt : other.StartedAt,
        Processes = one.Processes + other.Processes,
        Interrupted = one.Interrupted || other.Interrupted,
        Options = one.Options with { Urls = [.. one.Options.Urls.Union(other.Options.Urls)] },
        Seconds = new TimesReport(
            Math.Max(one.Seconds.Ramp, other.Seconds.Ramp),
            Math.Max(one.Seconds.Run, other.Seconds.Run),
            Math.Max(one.Seconds.Drain, other.Seconds.Drain)),
        Peers = one.Peers.Add(other.Peers),
        Signals = one.Signals.Add(other.Signals),
        Traffic = one.Traffic.Add(other.Traffic),
        LatencyMs = one.LatencyMs.Add(other.LatencyMs),
        JoinMs = one.JoinMs.Add(other.JoinMs),
        PingMs = one.PingMs.Add(other.PingMs),
        SendLagMs = one.SendLagMs.Add(other.SendLagMs),
        AbnormalDisconnects = one.AbnormalDisconnects + other.AbnormalDisconnects,
        Errors = new SortedDictionary<string, long>(
            one.Errors.Concat(other.Errors).GroupBy(error => error.Key).ToDictionary(same => same.Key, same => same.Sum(error => error.Value))),
        Incidents = [.. one.Incidents, .. other.Incidents],
        Process = one.Process.Add(other.Process),
        Thresholds = [],
    };
}
