namespace Signaling.Contracts;

/// <summary>Asks to join a room as a new peer.</summary>
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
}

/// <summary>Names a room that the caller is in.</summary>
public sealed record RoomRequest
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }
}
