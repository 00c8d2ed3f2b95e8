using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>Asks to join a room as a new peer, or to resume one.</summary>
public sealed record JoinRequest
{
    /// <summary>The room's id, <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public required string Room { get; init; }

    /// <summary>The display name, at most 64 UTF-16 code units without control characters.</summary>
    public string? Name { get; init; }

    /// <summary>First attributes. Keys are ids, values at most 256 UTF-16 code units; at most 16.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Whether this client acknowledges signals (PROTOCOL.md, "The reliable channel").</summary>
    public bool Acks { get; init; }

    /// <summary>
    /// Whether this client resumes its peer after a lost connection. The peer then stays in the room, <see cref="PeerState.Reconnecting"/>, for
    /// <see cref="ResumeGrant.WindowMs"/>; otherwise it leaves with its connection.
    /// </summary>
    public bool Resumable { get; init; }

    /// <summary>The peer to resume. Name, attributes and <see cref="Acks"/> are then those that the peer has, whatever stands here.</summary>
    public ResumeRequest? Resume { get; init; }

    /// <summary>Whether the client was in this room before, and joins as a new peer since it cannot resume that one. For statistics alone.</summary>
    public bool Rejoin { get; init; }

    /// <summary>W3C Trace Context of the join, so that one trace spans client and hub.</summary>
    [JsonPropertyName("traceparent")]
    public string? TraceParent { get; init; }
}

/// <summary>Names the peer to resume, and proves that it is the caller's.</summary>
public sealed record ResumeRequest
{
    /// <summary>The peer's id.</summary>
    public required string PeerId { get; init; }

    /// <summary>The token of the peer's last <see cref="Welcome"/>.</summary>
    public required string Token { get; init; }

    /// <summary>
    /// Counts this client's tries to resume the peer: each has a higher number than the one before. A try that was given up may reach the hub behind a later one, and must
    /// not take the peer from it. Absent: the hub believes whoever comes last.
    /// </summary>
    public long? Attempt { get; init; }
}

/// <summary>Names a room that the caller is in.</summary>
public sealed record RoomRequest
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }
}
