using Signaling.Client;

namespace Signaling.Tests.Faults.Crowds;

/// <summary>How many clients, where, and how busy.</summary>
internal sealed record CrowdOptions
{
    public int Clients { get; init; } = 6;

    /// <summary>The clients are dealt out to so many rooms.</summary>
    public int Rooms { get; init; } = 2;

    /// <summary>Of each client; every third message goes to the whole room, the others to one peer.</summary>
    public double MessagesPerSecond { get; init; } = 20;

    /// <summary>Last word on each client's options.</summary>
    public Action<SignalingClientOptions>? Configure { get; init; }
}
