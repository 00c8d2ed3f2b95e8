namespace Signaling.Contracts;

/// <summary>A client's ping.</summary>
public sealed record Ping
{
    /// <summary>The round-trip time that the client measured with its previous ping, in milliseconds.</summary>
    public double? RoundTripMs { get; init; }

    /// <summary>How many signals the client has sent again since its previous ping; at most <see cref="SignalingLimits.MaxCountPerPing"/>. For statistics alone.</summary>
    public int? Retransmitted { get; init; }

    /// <summary>How many signals that had arrived before the client has dropped since its previous ping; at most <see cref="SignalingLimits.MaxCountPerPing"/>. For statistics alone.</summary>
    public int? Duplicates { get; init; }
}

/// <summary>The answer to a <see cref="Ping"/>.</summary>
public sealed record Pong
{
    /// <summary>Roster version of each room that the connection is in. One that is ahead of the client's tells of a lost delta.</summary>
    public required IReadOnlyDictionary<string, long> RosterVersions { get; init; }
}
