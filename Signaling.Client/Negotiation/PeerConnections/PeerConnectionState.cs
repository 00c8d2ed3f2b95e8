namespace Signaling.Client;

/// <summary>Where the ICE and DTLS transports of a peer connection stand (W3C WebRTC §4.3.3).</summary>
public enum PeerConnectionState
{
    /// <summary>None has begun.</summary>
    New,

    /// <summary>On the way.</summary>
    Connecting,

    /// <summary>Media and data can flow.</summary>
    Connected,

    /// <summary>A transport has lost its way; it may come back by itself.</summary>
    Disconnected,

    /// <summary>A transport has given up: only an ICE restart helps, which <see cref="PerfectNegotiator"/> does.</summary>
    Failed,

    /// <summary>The connection is closed.</summary>
    Closed,
}
