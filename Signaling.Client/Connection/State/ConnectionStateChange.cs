using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>A step of the connection; also raised for each failed try, with the time until the next.</summary>
public sealed record ConnectionStateChange
{
    /// <summary>The state before.</summary>
    public required ConnectionState Previous { get; init; }

    /// <summary>The state now.</summary>
    public required ConnectionState Current { get; init; }

    /// <summary>What the hub said; <c>null</c> when it said nothing: a network failure, or no failure at all.</summary>
    public SignalingError? Error { get; init; }

    /// <summary>What happened, for people and logs.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether this client is again the peer that it was, in every room; <c>true</c> only when it is connected again.</summary>
    public bool Resumed { get; init; }

    /// <summary>How long until the next try; <c>null</c> when none is being waited for.</summary>
    public TimeSpan? RetryIn { get; init; }
}
