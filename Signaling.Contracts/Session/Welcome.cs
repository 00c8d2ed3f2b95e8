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

    /// <summary>Which candidates the room lets its peers use; absent for <see cref="IceTransportPolicy.All"/>.</summary>
    public IceTransportPolicy? IceTransportPolicy { get; init; }

    /// <summary>What this deployment allows.</summary>
    public required RoomLimits Limits { get; init; }

    /// <summary>The region that holds the connection.</summary>
    public required string Region { get; init; }

    /// <summary>Whether this is the peer that the client asked to resume, with the id, the attributes and the channels that it had.</summary>
    public bool Resumed { get; init; }

    /// <summary>What the client needs to resume this peer; only for a client that said it is <see cref="JoinRequest.Resumable"/>.</summary>
    public ResumeGrant? Resume { get; init; }

    /// <summary>The protocol version that the hub speaks (<see cref="Contracts.ProtocolVersion"/>).</summary>
    public required int ProtocolVersion { get; init; }
}

/// <summary>The right to resume a peer once, on any node of the region.</summary>
public sealed record ResumeGrant
{
    /// <summary>A secret, bound to the user. Good for one resume; the next <see cref="Welcome"/> brings the next.</summary>
    public required string Token { get; init; }

    /// <summary>How long after the loss of the connection the peer can be resumed, in milliseconds.</summary>
    public required int WindowMs { get; init; }
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
