using Signaling.Contracts;
using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Operator.Console.Journal;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Operator.Console;

/// <summary>Remembers for the operator's console what happens on this node, whether metrics are on or not. On the path of a signal nothing here allocates.</summary>
internal sealed class Chronicle(RoomJournal journal, HubHistory history, TimeProvider time)
{
    private const double MostMilliseconds = 60_000;

    private static readonly string[] LeaveReasons = [.. Enum.GetValues<LeaveReason>().Select(MetricLabels.Of)];

    /// <param name="room">Where.</param>
    /// <param name="peer">Who.</param>
    /// <param name="how">How.</param>
    /// <param name="began">When it was asked for, a timestamp of the clock: what others do about it comes later.</param>
    public void Joined(string room, string peer, JoinKind how, long began) => journal.Add(new(time.GetUtcNow() - time.GetElapsedTime(began), room, KindOf(how), peer));

    public void Left(string room, string peer, LeaveReason reason) => Note(room, RoomEventKind.Left, peer, detail: LeaveReasons[(int)reason]);

    public void Lost(Peer peer) => Note(peer.Room.Id, RoomEventKind.Reconnecting, peer.Id);

    public void Updated(Peer peer) => Note(peer.Room.Id, RoomEventKind.Updated, peer.Id);

    /// <param name="signal">A signal that was handed on.</param>
    /// <param name="began">When it came in, a timestamp of the clock.</param>
    /// <param name="receivers">To how many.</param>
    public void Relayed(Signal signal, long began, int receivers)
    {
        history.Relay.Add(time.GetElapsedTime(began));
        history.AddSignals(receivers);
        if (signal.Description?.Type is SdpType.Offer or SdpType.Answer) Note(signal.Room, KindOf(signal.Description.Type), signal.From!, signal.To);
    }

    public void Pinged(Ping ping)
    {
        if (ping.RoundTripMs is >= 0 and { } roundTrip) history.ClientRoundTrip.Add(TimeSpan.FromMilliseconds(Math.Min(roundTrip, MostMilliseconds)));
    }

    public void Reported(Peer reporter, ConnectionReport report)
    {
        if (report.Outcome is ConnectionOutcome.Connected)
        {
            history.AddConnected(IsRelayed(report));
            if (report.IceSetupMs is { } setUp) history.IceSetUp.Add(TimeSpan.FromMilliseconds(setUp));
            Note(reporter.Room.Id, RoomEventKind.IceConnected, reporter.Id, report.PeerId, WayOf(report));
        }
        else if (report.Outcome is ConnectionOutcome.Failed)
        {
            history.AddFailed();
            Note(reporter.Room.Id, RoomEventKind.IceFailed, reporter.Id, report.PeerId, report.Failure is { } why ? MetricLabels.Of(why) : null);
        }
    }

    public void Ended(ConnectionEnd end)
    {
        if (end is ConnectionEnd.Dropped or ConnectionEnd.Lost) history.AddAbnormalEnd();
    }

    private void Note(string room, RoomEventKind kind, string peer, string? to = null, string? detail = null) => journal.Add(new(time.GetUtcNow(), room, kind, peer, to, detail));

    private static bool IsRelayed(ConnectionReport report) => report.LocalCandidate is CandidateType.Relay || report.RemoteCandidate is CandidateType.Relay;

    /// <summary>Such as <c>142 ms, relay/udp</c>.</summary>
    private static string? WayOf(ConnectionReport report)
    {
        var time = report.IceSetupMs is { } setUp ? $"{setUp} ms" : null;
        var way = report.LocalCandidate is { } candidate ? MetricLabels.Of(candidate) + (report.Protocol is { } protocol ? $"/{MetricLabels.Of(protocol)}" : "") : null;
        return time is null ? way : way is null ? time : $"{time}, {way}";
    }

    private static RoomEventKind KindOf(JoinKind how) => how switch
    {
        JoinKind.Resume => RoomEventKind.Resumed,
        JoinKind.Rejoin => RoomEventKind.Rejoined,
        _ => RoomEventKind.Joined,
    };

    private static RoomEventKind KindOf(SdpType type) => type is SdpType.Offer ? RoomEventKind.Offer : RoomEventKind.Answer;
}
