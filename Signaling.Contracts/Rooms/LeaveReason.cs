using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>Why a peer left.</summary>
[JsonConverter(typeof(WireEnumConverter<LeaveReason>))]
public enum LeaveReason
{
    /// <summary>A reason that this build does not know.</summary>
    Unknown,

    /// <summary>It said so.</summary>
    Left,

    /// <summary>Its connection ended without a word.</summary>
    Disconnected,
}
