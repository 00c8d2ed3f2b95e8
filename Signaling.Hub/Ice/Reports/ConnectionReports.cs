using Signaling.Contracts;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Ice.Reports;

/// <summary>Where the clients' reports of their peer connections arrive.</summary>
internal sealed class ConnectionReports(KnownServers servers, ServerComplaints complaints, IceMetrics metrics, Chronicle chronicle)
{
    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidReport"/>.</exception>
    public void Take(Peer reporter, ConnectionReport report)
    {
        ReportRules.Check(reporter, report);
        metrics.Reported(report);
        chronicle.Reported(reporter, report);
        foreach (var failure in report.ServerFailures ?? [])
        {
            if (servers.Find(failure.Url) is not { } known) continue;
            metrics.ServerFailed(known.Url.Text, failure.ErrorCode);
            complaints.Add(known.Url, failure.ErrorCode, reporter.Session);
        }
    }
}
