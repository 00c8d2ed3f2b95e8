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

    /// <summary>Its connection ended without a word, and it did not resume in time.</summary>
    Disconnected,

    /// <summary>The node that held its connection was lost, and it did not resume in time.</summary>
    NodeLost,

    /// <summary>Its region could not be reached for so long that it was given up.</summary>
    RegionLost,

    /// <summary>Two regions had let in more peers at once than the room holds, and it was the last of them.</summary>
    RoomFull,
}
