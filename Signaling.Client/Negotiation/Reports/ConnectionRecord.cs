using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Negotiation.Reports;

/// <summary>How one peer connection comes about, as a report tells it. Guarded by its owner.</summary>
/// <param name="time">The clock.</param>
/// <param name="knownAt">When this end knew of the other peer, on that clock.</param>
internal sealed class ConnectionRecord(TimeProvider time, long knownAt)
{
    // Beyond these the hub takes no report.
    private const int MostFailures = 8;
    private const int MostRestarts = 1_000;
    private const int LongestMs = 600_000;
    private const int LowestErrorCode = 300;
    private const int HighestErrorCode = 799;

    /// <summary>How long after the other peer was known a call still counts as begun with that; a later one was begun by someone.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection that held is lost before that is more than the other side hanging up.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(10);

    private readonly long since = time.Milliseconds() - knownAt <= AtOnce.TotalMilliseconds ? knownAt : time.Milliseconds();
    private readonly List<IceServerFailure> failures = [];
    private int? offerMs;
    private int? answerMs;
    private int? firstCandidateMs;
    private int? connectedMs;
    private int? iceSetupMs;
    private long? lostAt;
    private string? ufrag;
    private string? iceState;
    private string? dtlsState;
    private bool iceConnected;
    private SelectedCandidatePair? pair;

    /// <summary>How often ICE was restarted: generations that both sides agreed on, beyond the first.</summary>
    public int Restarts { get; private set; }

    public bool HasBegun => offerMs is not null;

    public bool WasConnected => connectedMs is not null;

    /// <summary>Whether it held, and has been gone for so long that it is lost.</summary>
    public bool IsLost => lostAt is { } at && time.Milliseconds() - at >= LostAfter.TotalMilliseconds;

    private int Now => (int)Math.Min(int.MaxValue, Math.Max(0, time.Milliseconds() - since));

    private ConnectionFailure Failure =>
        WasConnected ? ConnectionFailure.Lost
        : answerMs is null ? ConnectionFailure.NoAnswer
        : firstCandidateMs is null ? ConnectionFailure.NoCandidates
        : iceConnected ? ConnectionFailure.Dtls
        : ConnectionFailure.Ice;

    /// <summary>A description was applied.</summary>
    /// <returns>Whether that has restarted ICE.</returns>
    public bool Applied(PeerSignalingState state, SessionDescription? local)
    {
        if (state is PeerSignalingState.HaveLocalOffer or PeerSignalingState.HaveRemoteOffer) offerMs ??= Now;
        if (state is not PeerSignalingState.Stable || local is null) return false;

        // An answer that follows its offer in one step leaves no other state behind.
        offerMs ??= Now;
        answerMs ??= Now;
        var generation = Ufrag.FirstOf(local);
        var restarted = ufrag is not null && generation != ufrag;
        if (restarted) Restarts++;
        ufrag = generation;
        return restarted;
    }

    public void Gathered() => firstCandidateMs ??= Now;

    /// <param name="state">As <c>RTCIceTransportState</c> writes it.</param>
    public void IceBecame(string? state)
    {
        iceState = state;
        iceConnected = state is "connected" or "completed";
        if (iceConnected) IceConnected();
    }

    public void DtlsBecame(string? state) => dtlsState = state;

    public void Became(PeerConnectionState state)
    {
        if (state is PeerConnectionState.Connected)
        {
            // For an engine that does not tell of ICE.
            IceConnected();
            connectedMs ??= Now;
            lostAt = null;
        }
        else if (WasConnected)
        {
            lostAt ??= time.Milliseconds();
        }
    }

    public void Selected(SelectedCandidatePair? selected) => pair = selected ?? pair;

    public void ServerFailed(IceServerFailure failure)
    {
        if (failure.ErrorCode is < LowestErrorCode or > HighestErrorCode || failures.Contains(failure)) return;
        if (failures.Count < MostFailures) failures.Add(failure);
    }

    /// <summary>The report as of now.</summary>
    public ConnectionReport Report(string room, string peerId, ConnectionOutcome outcome) => new()
    {
        Room = room,
        PeerId = peerId,
        Outcome = outcome,
        Failure = outcome is ConnectionOutcome.Failed ? Failure : null,
        OfferMs = Told(offerMs),
        AnswerMs = Told(answerMs),
        FirstCandidateMs = Told(firstCandidateMs),
        ConnectedMs = Told(connectedMs),
        IceSetupMs = Told(iceSetupMs),
        Restarts = Math.Min(Restarts, MostRestarts),
        IceState = iceState,
        DtlsState = dtlsState,
        LocalCandidate = pair?.Local,
        RemoteCandidate = pair?.Remote,
        Protocol = pair?.Protocol,
        RelayProtocol = pair?.RelayProtocol,
        ServerFailures = failures.Count > 0 ? [.. failures] : null,
    };

    private static int? Told(int? time) => time <= LongestMs ? time : null;

    private void IceConnected() => iceSetupMs ??= Now - (offerMs ?? Now);
}
