using Signaling.Contracts;
using Signaling.Hub.Rooms.Peers;

namespace Signaling.Hub.Ice.Reports;

/// <summary>The bounds of a connection report.</summary>
internal static class ReportRules
{
    private const int MaxMilliseconds = 600_000;
    private const int MaxRestarts = 1000;
    private const int MaxServerFailures = 8;
    private const int MaxUrlLength = 512;
    private const int LowestErrorCode = 300;
    private const int HighestErrorCode = 799;

    /// <summary>W3C WebRTC §5.6.3.</summary>
    private static readonly string[] IceStates = ["new", "checking", "connected", "completed", "disconnected", "failed", "closed"];

    /// <summary>W3C WebRTC §5.5.1.</summary>
    private static readonly string[] DtlsStates = ["new", "connecting", "connected", "closed", "failed"];

    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidReport"/>, naming the field.</exception>
    public static void Check(Peer reporter, ConnectionReport report)
    {
        Demand(report.PeerId != reporter.Id && reporter.Room.Knows(report.PeerId), "peerId", "it is nobody else who is, or was not long ago, in the room");
        CheckTime(report.OfferMs, "offerMs");
        CheckTime(report.AnswerMs, "answerMs");
        CheckTime(report.FirstCandidateMs, "firstCandidateMs");
        CheckTime(report.ConnectedMs, "connectedMs");
        CheckTime(report.IceSetupMs, "iceSetupMs");
        Demand(report.Restarts is >= 0 and <= MaxRestarts, "restarts", $"it is not 0 to {MaxRestarts}");
        Demand(report.IceState is null || IceStates.Contains(report.IceState), "iceState", "it is no RTCIceTransportState");
        Demand(report.DtlsState is null || DtlsStates.Contains(report.DtlsState), "dtlsState", "it is no RTCDtlsTransportState");
        Demand(report.ServerFailures is null or { Count: <= MaxServerFailures }, "serverFailures", $"it has more than {MaxServerFailures} entries");
        foreach (var failure in report.ServerFailures ?? [])
        {
            Demand(failure is { Url.Length: <= MaxUrlLength }, "serverFailures.url", $"it is longer than {MaxUrlLength}");
            Demand(failure.ErrorCode is >= LowestErrorCode and <= HighestErrorCode, "serverFailures.errorCode", $"it is not {LowestErrorCode} to {HighestErrorCode}");
        }
    }

    private static void CheckTime(int? milliseconds, string field) =>
        Demand(milliseconds is null or (>= 0 and <= MaxMilliseconds), field, $"it is not 0 to {MaxMilliseconds}");

    private static void Demand(bool good, string field, string why)
    {
        if (!good) throw new Refusal(ErrorCode.InvalidReport, $"The report's {field} is refused: {why}.");
    }
}
