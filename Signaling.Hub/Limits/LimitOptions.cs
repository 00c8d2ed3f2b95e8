using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Limits;

/// <summary>What one connection may use, and how many may come at once.</summary>
public sealed class LimitOptions
{
    /// <summary>Invocations per second that a connection may sustain; bursts of twice that pass.</summary>
    [Range(1, 1_000_000)]
    public int InvocationsPerSecond { get; set; } = 100;

    /// <summary>Connections that this node takes per second; a burst of one second's worth passes. The others are told when to come back.</summary>
    [Range(1, 1_000_000)]
    public int ConnectsPerSecond { get; set; } = 500;

    /// <summary>Messages that may wait for a slow reader beyond what fits into its socket. One more, and the reader is dropped.</summary>
    [Range(1, 100_000)]
    public int OutboxMessages { get; set; } = 256;
}
