using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>Stable error codes; on the wire in kebab-case. Each has a paragraph in PROTOCOL.md, "Errors".</summary>
[JsonConverter(typeof(WireEnumConverter<ErrorCode>))]
public enum ErrorCode
{
    /// <summary>A code that this build does not know; its action still holds.</summary>
    Unknown,

    /// <summary>The hub failed; nothing is wrong with the request.</summary>
    Internal,

    /// <summary>The hub cannot serve this now.</summary>
    Unavailable,

    /// <summary>The token is missing, malformed or not signed by a known key.</summary>
    Unauthorized,

    /// <summary>The token has expired.</summary>
    TokenExpired,

    /// <summary>The token does not allow this room or act; also the answer for a room that does not exist.</summary>
    NotAllowed,

    /// <summary>The client's protocol version is not spoken here.</summary>
    UnsupportedVersion,

    /// <summary>Not a message of the SignalR JSON protocol.</summary>
    MalformedMessage,

    /// <summary>The message is larger than 64 KiB.</summary>
    MessageTooLarge,

    /// <summary>The hub has no such method.</summary>
    UnknownMethod,

    /// <summary>The arguments have the wrong number or JSON types, or a required field is missing.</summary>
    InvalidArgument,

    /// <summary>The room id is not <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    InvalidRoom,

    /// <summary>The display name is too long or has control characters.</summary>
    InvalidName,

    /// <summary>Too many attributes, or a bad key or value.</summary>
    InvalidAttributes,

    /// <summary>The signal breaks a rule of shape.</summary>
    InvalidSignal,

    /// <summary>The room is relay-only (<see cref="IceTransportPolicy.Relay"/>), and the signal names a candidate that is not relayed.</summary>
    RelayOnly,

    /// <summary>The connection report has a value out of its bounds.</summary>
    InvalidReport,

    /// <summary>The room has reached its capacity.</summary>
    RoomFull,

    /// <summary>The connection is in this room already.</summary>
    AlreadyJoined,

    /// <summary>The connection is in as many rooms as it may be.</summary>
    TooManyRooms,

    /// <summary>The caller is not in the room it named.</summary>
    NotInRoom,

    /// <summary>The receiver is not in the room: it never was, or it has left.</summary>
    PeerNotInRoom,

    /// <summary>The receiver is in the room, but cannot be reached for now.</summary>
    PeerUnreachable,

    /// <summary>More invocations than the connection may make.</summary>
    RateLimited,

    /// <summary>The peer cannot be resumed: its time is over, it has left, or the token is not its last one.</summary>
    ResumeExpired,

    /// <summary>A newer connection has resumed this peer.</summary>
    Replaced,

    /// <summary>The node is about to stop.</summary>
    GoingAway,
}
