using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>Whether a peer can be reached now. Signals to one that cannot fail with <see cref="ErrorCode.PeerUnreachable"/>.</summary>
[JsonConverter(typeof(WireEnumConverter<PeerState>))]
public enum PeerState
{
    /// <summary>A state that this build does not know.</summary>
    Unknown,

    /// <summary>It has a connection.</summary>
    Connected,

    /// <summary>Its connection is lost. It comes back as the same peer, or leaves when its time is over.</summary>
    Reconnecting,

    /// <summary>It is in a region that cannot be reached now. It comes back as the same peer, or leaves when its region is given up.</summary>
    Unreachable,
}
