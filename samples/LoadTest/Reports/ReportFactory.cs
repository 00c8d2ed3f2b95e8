using System.Diagnostics;
using Signaling.LoadTest.Accounting;
using Signaling.LoadTest.Measuring;

namespace Signaling.LoadTest.Reports;

/// <summary>Writes up a run that is over.</summary>
internal static class ReportFactory
{
    public static RunReport Of(LoadRun run, DateTimeOffset startedAt) => new()
    {
        StartedAt = startedAt,
        Interrupted = run.Times.Interrupted,
        Options = OptionsOf(run.Options),
        Seconds = new TimesReport(Seconds(run.Times.Ramp), Seconds(run.Times.Run), Seconds(run.Times.Drain)),
        Peers = PeersOf(run),
        Signals = SignalsOf(run),
        Traffic = new TrafficReport(run.Traffic.Sent, run.Traffic.Received),
        LatencyMs = Histogram(run.Meters.Latency),
        JoinMs = Histogram(run.Meters.Join),
        PingMs = Histogram(run.Meters.Ping),
        SendLagMs = Histogram(run.Meters.SendLag),
        AbnormalDisconnects = run.Meters.AbnormalDisconnects.Value,
        Errors = new SortedDictionary<string, long>(run.Meters.Errors.ToDictionary()),
        Incidents = [.. run.Ledger.Incidents.Kept.Select(incident => IncidentOf(run, incident))],
        Process = ProcessOf(),
    };

    private static HistogramReport Histogram(Times times) => HistogramReport.Of(times.Snapshot());

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static OptionsReport OptionsOf(RunOptions options) => new(
        [.. options.Urls.Select(url => url.ToString())],
        options.Script.ToString().ToLowerInvariant(),
        options.RoomSize,
        options.Ramp,
        options.Duration.TotalSeconds,
        options.Rate,
        options.Payload,
        options.Churn);

    private static PeersReport PeersOf(LoadRun run) => new(
        run.Options.Peers,
        run.Meters.Connected.Value,
        run.Meters.Failed.Value,
        run.JoinedAtEnd,
        run.Meters.Retries.Value,
        run.Meters.Churned.Value,
        run.Meters.Rejoined.Value);

    private static SignalsReport SignalsOf(LoadRun run) => new()
    {
        Sent = run.Ledger.Sent.Value,
        Accepted = run.Ledger.Accepted.Value,
        Received = run.Ledger.Received.Value,
        Lost = run.Ledger.Incidents.Lost.Value,
        Duplicated = run.Ledger.Incidents.Duplicated.Value,
        Reordered = run.Ledger.Reordered.Value,
        Refused = run.Ledger.Refused.Value,
        Unaccountable = run.Unaccountable,
        Foreign = run.Ledger.Foreign.Value,
        Skipped = run.Meters.Skipped.Value,
        ReceivedPerSecond = Math.Round(run.Ledger.Received.Value / SendingSeconds(run), 1),
    };

    /// <summary>A call's signals begin with the ramp, those of a fixed rate behind it.</summary>
    private static double SendingSeconds(LoadRun run)
    {
        var time = run.Options.Script is ScriptKind.Rate ? run.Times.Run : run.Times.Ramp + run.Times.Run;
        return Math.Max(time.TotalSeconds, 0.001);
    }

    private static IncidentReport IncidentOf(LoadRun run, Incident incident)
    {
        var (sender, receiver) = (run.Sessions.Find(incident.Sender), run.Sessions.Find(incident.Receiver));
        return new IncidentReport(incident.What, receiver?.Room ?? "", sender?.PeerId, receiver?.PeerId, incident.Seq);
    }

    private static ProcessReport ProcessOf()
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessReport(Math.Round(self.TotalProcessorTime.TotalSeconds, 2), self.PeakWorkingSet64);
    }
}
