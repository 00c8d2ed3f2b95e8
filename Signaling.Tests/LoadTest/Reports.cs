using Signaling.LoadTest.Measuring;
using Signaling.LoadTest.Reports;

namespace Signaling.Tests.LoadTest;

/// <summary>Reports to change for a test.</summary>
internal static class Reports
{
    public static RunReport Sample() => new()
    {
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Options = new OptionsReport(["http://localhost/signaling"], "rate", 4, 100, 30, 100, 200, 0),
        Seconds = new TimesReport(1, 30, 1),
        Peers = new PeersReport(10, 10, 0, 10, 0, 0, 0),
        Signals = Signals(),
        Traffic = new TrafficReport(1000, 2000),
        LatencyMs = Times(),
        JoinMs = Times(),
        PingMs = Times(),
        SendLagMs = Times(),
        AbnormalDisconnects = 0,
        Errors = [],
        Incidents = [],
        Process = new ProcessReport(1, 100),
    };

    public static SignalsReport Signals() => new()
    {
        Sent = 100,
        Accepted = 100,
        Received = 100,
        Lost = 0,
        Duplicated = 0,
        Reordered = 0,
        Refused = 0,
        Unaccountable = 0,
        Foreign = 0,
        Skipped = 0,
        ReceivedPerSecond = 3.3,
    };

    public static HistogramReport Times(params double[] milliseconds)
    {
        var times = new Times();
        foreach (var ms in milliseconds) times.Record(TimeSpan.FromMilliseconds(ms));
        return HistogramReport.Of(times.Snapshot());
    }
}
