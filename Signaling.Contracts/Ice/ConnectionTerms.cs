using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>What came of a peer connection.</summary>
[JsonConverter(typeof(WireEnumConverter<ConnectionOutcome>))]
public enum ConnectionOutcome
{
    /// <summary>An outcome that this build does not know.</summary>
    Unknown,

    /// <summary>It is connected.</summary>
    Connected,

    /// <summary>It never connected, or was lost and did not come back.</summary>
    Failed,

    /// <summary>It was closed, or the other peer left, before it was connected.</summary>
    Abandoned,
}

/// <summary>Why a peer connection failed.</summary>
[JsonConverter(typeof(WireEnumConverter<ConnectionFailure>))]
public enum ConnectionFailure
{
    /// <summary>A reason that this build does not know.</summary>
    Unknown,

    /// <summary>The other end sent no answer.</summary>
    NoAnswer,

    /// <summary>No candidate was gathered.</summary>
    NoCandidates,

    /// <summary>No candidate pair worked.</summary>
    Ice,

    /// <summary>ICE was connected, the DTLS handshake failed.</summary>
    Dtls,

    /// <summary>It was connected, then lost, and ICE restarts did not help.</summary>
    Lost,
}

/// <summary>Type of an ICE candidate (RFC 8445 §5.1.1).</summary>
[JsonConverter(typeof(WireEnumConverter<CandidateType>))]
public enum CandidateType
{
    /// <summary>A type that this build does not know.</summary>
    Unknown,

    /// <summary>An address of the host itself.</summary>
    Host,

    /// <summary>Server-reflexive: learnt from a STUN server.</summary>
    Srflx,

    /// <summary>Peer-reflexive: learnt from the other end's checks.</summary>
    Prflx,

    /// <summary>On a TURN server.</summary>
    Relay,
}

/// <summary>A transport.</summary>
[JsonConverter(typeof(WireEnumConverter<TransportProtocol>))]
public enum TransportProtocol
{
    /// <summary>A transport that this build does not know.</summary>
    Unknown,

    /// <summary>UDP.</summary>
    Udp,

    /// <summary>TCP.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,
}
