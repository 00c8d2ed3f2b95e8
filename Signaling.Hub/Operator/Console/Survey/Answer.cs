using Signaling.Hub.Operator.Console.History;

namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>What one node answers.</summary>
internal sealed record Answer
{
    /// <summary>Which process: another one after a restart, the same when a node goes on under a new id.</summary>
    public required string Instance { get; init; }

    /// <summary>The node's id.</summary>
    public required string Node { get; init; }

    public required string Region { get; init; }

    public StatusPart? Status { get; init; }

    public RoomsPart? Rooms { get; init; }

    public RoomPart? Room { get; init; }

    public IReadOnlyList<Sample>? History { get; init; }
}

/// <summary>How a node is.</summary>
internal sealed record StatusPart
{
    public required DateTimeOffset StartedAt { get; init; }

    public required NodeState State { get; init; }

    public string? Problem { get; init; }

    public required int Connections { get; init; }

    public required int Peers { get; init; }

    public required int Reconnecting { get; init; }

    public required int Rooms { get; init; }

    /// <summary>Those that it counts for its region, so that none is counted twice there.</summary>
    public required int RoomsOfRegion { get; init; }

    /// <summary>Those that it counts for all regions together.</summary>
    public required int RoomsOfService { get; init; }

    /// <summary>All signals since its start, and how long ago that was: two answers make a rate.</summary>
    public required long Signals { get; init; }

    public required double UptimeMs { get; init; }

    /// <summary><c>null</c> on a node without Redis.</summary>
    public RedisPart? Redis { get; init; }

    public required int MemoryMb { get; init; }

    public IReadOnlyList<IceUrlPart> Turn { get; init; } = [];
}

internal enum NodeState
{
    Ready,
    Draining,
    NotReady,
}

/// <param name="Up">Whether it answers.</param>
/// <param name="RoundTripMs">Of the last renewal of the lease.</param>
internal sealed record RedisPart(bool Up, double? RoundTripMs);

/// <summary>A URL of a STUN or TURN server as a node finds it.</summary>
internal sealed record IceUrlPart(string? Region, string Url, bool Well, string? Problem, double? RoundTripMs, DateTimeOffset Since, int Weight);

/// <param name="Total">How many rooms match that this node counts, so that none is counted twice.</param>
/// <param name="Rooms">The largest of all that match here.</param>
internal sealed record RoomsPart(int Total, IReadOnlyList<RoomLine> Rooms);

/// <summary>A room in a list.</summary>
internal sealed record RoomLine(string Id, int Peers, int Reconnecting, IReadOnlyList<string> Regions, IReadOnlyList<string> Nodes, bool RelayOnly);

/// <summary>What a node knows of a room.</summary>
internal sealed record RoomPart
{
    /// <summary>Tells its rosters apart; <c>null</c> when it has no peer there.</summary>
    public string? Stamp { get; init; }

    public string? Version { get; init; }

    public required bool RelayOnly { get; init; }

    /// <summary>The roster; <c>null</c> when it is as seen.</summary>
    public IReadOnlyList<PeerPart>? Peers { get; init; }

    /// <summary>What has happened to its own peers since what was seen, oldest first.</summary>
    public IReadOnlyList<EventPart> Events { get; init; } = [];

    /// <summary>Where its journal ended.</summary>
    public required long End { get; init; }
}

/// <summary>A peer as a node sees it.</summary>
/// <param name="Id">The peer.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Region">Where it is.</param>
/// <param name="Node">On which node.</param>
/// <param name="State">Whether it can be reached from there.</param>
/// <param name="JoinedAt">When it joined, as far as is known.</param>
/// <param name="IsLocal">Whether it is the answering node's own.</param>
/// <param name="Attributes">What it shows; of own peers only.</param>
internal sealed record PeerPart(string Id, string? Name, string Region, string Node, string State, DateTimeOffset? JoinedAt, bool IsLocal, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Something that has happened.</summary>
internal sealed record EventPart(DateTimeOffset At, string Kind, string Peer, string? To, string? Detail);
