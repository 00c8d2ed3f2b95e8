namespace Signaling.Tests.Faults.Delivery;

/// <summary>A message and the peers that it was meant for.</summary>
/// <param name="Message">Which.</param>
/// <param name="From">The sender's peer id when it was sent.</param>
/// <param name="To">The receivers' peer ids.</param>
/// <param name="At">Time since the ledger was opened.</param>
internal sealed record Sent(Message Message, string From, IReadOnlyList<string> To, TimeSpan At);

/// <summary>What became of a send.</summary>
/// <param name="Message">Which.</param>
/// <param name="Refusal">The error's code; <c>null</c> when it was accepted.</param>
/// <param name="At">Time since the ledger was opened.</param>
internal sealed record Decided(Message Message, string? Refusal, TimeSpan At);

/// <summary>A message that the app got.</summary>
/// <param name="Message">Which.</param>
/// <param name="From">The sender's peer id as the hub stamped it.</param>
/// <param name="Client">The receiver by its lasting name.</param>
/// <param name="At">Time since the ledger was opened.</param>
internal sealed record Received(Message Message, string From, string Client, TimeSpan At);

/// <summary>A client is in a room as this peer.</summary>
internal sealed record Membership(string Room, string Client, string Peer)
{
    /// <summary>When it ceased to be; <c>null</c> while it is.</summary>
    public TimeSpan? EndedAt { get; init; }
}

/// <summary>A client has come back as another peer.</summary>
internal sealed record Rejoin(string Room, string Client, string OldPeer, string NewPeer, TimeSpan At);

/// <summary>A client was told that a peer has left.</summary>
internal sealed record Departure(string Room, string Client, string Peer, string Reason, TimeSpan At);

/// <summary>Whom a client sees in a room besides itself.</summary>
internal sealed record RosterSeen(string Room, string Client, IReadOnlyList<string> Peers);
