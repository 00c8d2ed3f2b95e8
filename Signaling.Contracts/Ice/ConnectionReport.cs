namespace Signaling.Contracts;

/// <summary>How the peer connection with one other peer came about, as its own end saw it. Sent once its outcome is known, and again when that changes.</summary>
/// <remarks>Times are in milliseconds since this end knew of the other peer: its own join, or the other's.</remarks>
public sealed record ConnectionReport
{
    /// <summary>The room.</summary>
    public required string Room { get; init; }

    /// <summary>The other end.</summary>
    public required string PeerId { get; init; }

    /// <summary>What came of it.</summary>
    public required ConnectionOutcome Outcome { get; init; }

    /// <summary>Why it failed; absent when it did not.</summary>
    public ConnectionFailure? Failure { get; init; }

    /// <summary>When the first offer, either side's, was applied here.</summary>
    public int? OfferMs { get; init; }

    /// <summary>When its answer was applied here.</summary>
    public int? AnswerMs { get; init; }

    /// <summary>When the first candidate was gathered here.</summary>
    public int? FirstCandidateMs { get; init; }

    /// <summary>When media could flow: ICE and DTLS were connected.</summary>
    public int? ConnectedMs { get; init; }

    /// <summary>From the first description applied here to ICE being connected: the ICE set-up time.</summary>
    public int? IceSetupMs { get; init; }

    /// <summary>How often ICE was restarted so far.</summary>
    public required int Restarts { get; init; }

    /// <summary>The last <c>RTCIceTransportState</c>.</summary>
    public string? IceState { get; init; }

    /// <summary>The last <c>RTCDtlsTransportState</c>.</summary>
    public string? DtlsState { get; init; }

    /// <summary>Type of the selected pair's own candidate.</summary>
    public CandidateType? LocalCandidate { get; init; }

    /// <summary>Type of the selected pair's other candidate.</summary>
    public CandidateType? RemoteCandidate { get; init; }

    /// <summary>What the selected pair runs over.</summary>
    public TransportProtocol? Protocol { get; init; }

    /// <summary>What this end speaks with its TURN server, when its own candidate is relayed.</summary>
    public TransportProtocol? RelayProtocol { get; init; }

    /// <summary>STUN and TURN servers that have failed for this end; at most 8.</summary>
    public IReadOnlyList<IceServerFailure>? ServerFailures { get; init; }
}

/// <summary>A STUN or TURN server that has failed for a client (<c>RTCPeerConnectionIceErrorEvent</c>).</summary>
public sealed record IceServerFailure
{
    /// <summary>The server's URL as the client was given it.</summary>
    public required string Url { get; init; }

    /// <summary>The STUN error code (RFC 8489 §14.8), or 701 when the server could not be reached.</summary>
    public required int ErrorCode { get; init; }
}
