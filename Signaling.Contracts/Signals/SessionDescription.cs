using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>A session description (RFC 8829 §4.1.8), in the form of <c>RTCSessionDescriptionInit</c>.</summary>
public sealed record SessionDescription
{
    /// <summary>What it is.</summary>
    public required SdpType Type { get; init; }

    /// <summary>The SDP; absent or empty only for a rollback.</summary>
    public string? Sdp { get; init; }
}

/// <summary>Type of a session description (RFC 8829 §4.1.8).</summary>
[JsonConverter(typeof(WireEnumConverter<SdpType>))]
public enum SdpType
{
    /// <summary>A type that this build does not know.</summary>
    Unknown,

    /// <summary>An offer.</summary>
    Offer,

    /// <summary>The final answer to an offer.</summary>
    Answer,

    /// <summary>Takes an offer back.</summary>
    Rollback,
}
