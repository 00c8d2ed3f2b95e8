namespace Signaling.Contracts;

/// <summary>The peers of a room at one version.</summary>
public sealed record Roster
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>
    /// Grows by one with each <see cref="PeerJoined"/>, <see cref="PeerLeft"/>, <see cref="PeerUpdated"/> and <see cref="PeerStateChanged"/>. A client
    /// that sees a gap reads the roster again. Comparable only within one connection.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>Everyone in the room, the receiver too, in the order in which they joined.</summary>
    public required IReadOnlyList<PeerInfo> Peers { get; init; }
}

/// <summary>One participant of a room, as the others see it.</summary>
public sealed record PeerInfo
{
    /// <summary>Public id, minted by the hub at each join; unique for all time.</summary>
    public required string Id { get; init; }

    /// <summary>The <c>sub</c> of the peer's token, verified by the hub; absent for a guest.</summary>
    public string? User { get; init; }

    /// <summary>The display name; unverified.</summary>
    public string? Name { get; init; }

    /// <summary>Small state that the peer shows to the others: muted, hand raised. Absent when empty.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }

    /// <summary>Whether the peer acknowledges signals. Send sequence numbers only to a peer that does.</summary>
    public bool Acks { get; init; }

    /// <summary>Whether the peer can be reached; absent when it is <see cref="PeerState.Connected"/>.</summary>
    public PeerState? State { get; init; }
}

/// <summary>A peer has joined.</summary>
public sealed record PeerJoined
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The roster's version after this change.</summary>
    public required long Version { get; init; }

    /// <summary>The new peer.</summary>
    public required PeerInfo Peer { get; init; }
}

/// <summary>A peer has left.</summary>
public sealed record PeerLeft
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The roster's version after this change.</summary>
    public required long Version { get; init; }

    /// <summary>Who left.</summary>
    public required string PeerId { get; init; }

    /// <summary>Why.</summary>
    public required LeaveReason Reason { get; init; }
}

/// <summary>A peer's attributes have changed.</summary>
public sealed record PeerUpdated
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The roster's version after this change.</summary>
    public required long Version { get; init; }

    /// <summary>Whose attributes.</summary>
    public required string PeerId { get; init; }

    /// <summary>All of the peer's attributes, not only those that changed.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}

/// <summary>A peer can be reached again, or cannot for now.</summary>
public sealed record PeerStateChanged
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The roster's version after this change.</summary>
    public required long Version { get; init; }

    /// <summary>Whose state.</summary>
    public required string PeerId { get; init; }

    /// <summary>Its state now.</summary>
    public required PeerState State { get; init; }
}
