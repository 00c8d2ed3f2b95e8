namespace Signaling.Contracts;

/// <summary>Tells a client that it is now a peer of a room, with all it needs to start calling.</summary>
public sealed record Welcome
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The receiver's own peer id in this room. Another room, or a later join, gives another id.</summary>
    public required string PeerId { get; init; }

    /// <summary>Who is in the room, the receiver included.</summary>
    public required Roster Roster { get; init; }

    /// <summary>STUN and TURN servers for this peer.</summary>
    public required IceServerList Ice { get; init; }

    /// <summary>What this deployment allows.</summary>
    public required RoomLimits Limits { get; init; }

    /// <summary>The region that holds the connection.</summary>
    public required string Region { get; init; }

    /// <summary>The protocol version that the hub speaks (<see cref="Contracts.ProtocolVersion"/>).</summary>
    public required int ProtocolVersion { get; init; }
}

/// <summary>Limits that a deployment may tune.</summary>
public sealed record RoomLimits
{
    /// <summary>Most peers in the room.</summary>
    public required int Capacity { get; init; }

    /// <summary>Largest hub message in bytes of JSON.</summary>
    public required int MessageBytes { get; init; }

    /// <summary>Invocations per second that a connection may sustain; short bursts may be larger.</summary>
    public required int InvocationsPerSecond { get; init; }
}
