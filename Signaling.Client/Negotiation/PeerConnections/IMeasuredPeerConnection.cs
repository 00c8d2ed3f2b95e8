using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>
/// An <see cref="IPeerConnection"/> that tells more of its transports: its <see cref="PerfectNegotiator"/> puts that into the connection reports for the operator.
/// Without it they have times, outcome and restarts alone.
/// </summary>
public interface IMeasuredPeerConnection : IPeerConnection
{
    /// <summary><see cref="IceState"/> has changed.</summary>
    event Func<Task>? IceStateChanged;

    /// <summary>A STUN or TURN server has failed (<c>icecandidateerror</c>).</summary>
    event Func<IceServerFailure, Task>? IceServerFailed;

    /// <summary>The ICE transport's state, as <c>RTCIceTransportState</c> writes it (<c>checking</c>, <c>connected</c>, …); <c>null</c> when not known.</summary>
    string? IceState { get; }

    /// <summary>The DTLS transport's state, as <c>RTCDtlsTransportState</c> writes it; <c>null</c> when not known.</summary>
    string? DtlsState { get; }

    /// <summary>Reads the candidate pair in use.</summary>
    /// <returns><c>null</c> while there is none.</returns>
    Task<SelectedCandidatePair?> GetSelectedPairAsync();
}

/// <summary>The candidate pair that a connection uses.</summary>
public sealed record SelectedCandidatePair
{
    /// <summary>Type of its own candidate.</summary>
    public CandidateType? Local { get; init; }

    /// <summary>Type of the other end's candidate.</summary>
    public CandidateType? Remote { get; init; }

    /// <summary>What it runs over.</summary>
    public TransportProtocol? Protocol { get; init; }

    /// <summary>What this end speaks with its TURN server, when its own candidate is relayed.</summary>
    public TransportProtocol? RelayProtocol { get; init; }
}
