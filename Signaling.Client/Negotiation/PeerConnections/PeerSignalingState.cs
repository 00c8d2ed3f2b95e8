namespace Signaling.Client;

/// <summary>Where the negotiation of a peer connection stands (RFC 8829 §3.2). Provisional answers are not used here.</summary>
public enum PeerSignalingState
{
    /// <summary>No offer is open.</summary>
    Stable,

    /// <summary>An offer of this side waits for its answer.</summary>
    HaveLocalOffer,

    /// <summary>An offer of the other side waits for its answer.</summary>
    HaveRemoteOffer,

    /// <summary>The connection is closed.</summary>
    Closed,
}
