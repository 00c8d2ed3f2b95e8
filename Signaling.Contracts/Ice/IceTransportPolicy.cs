using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>Which ICE candidates a room lets its peers use; <c>RTCConfiguration.iceTransportPolicy</c> (W3C WebRTC §4.2.5).</summary>
[JsonConverter(typeof(WireEnumConverter<IceTransportPolicy>))]
public enum IceTransportPolicy
{
    /// <summary>All.</summary>
    All,

    /// <summary>Relayed ones only, so that no peer learns another's address. The hub refuses others with <see cref="ErrorCode.RelayOnly"/>.</summary>
    Relay,
}
