using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>The whole service at a glance.</summary>
/// <param name="At">When.</param>
/// <param name="Region">The region of the node that says it.</param>
/// <param name="Node">That node.</param>
/// <param name="Rooms">Rooms of all regions, each counted once.</param>
/// <param name="Regions">All regions, as configured.</param>
/// <param name="Nodes">All nodes that answer, or did so just now.</param>
/// <param name="Turn">STUN and TURN servers, as one node of each region finds them.</param>
internal sealed record OverviewView(DateTimeOffset At, string Region, string Node, int Rooms, IReadOnlyList<RegionView> Regions, IReadOnlyList<NodeView> Nodes, IReadOnlyList<TurnView> Turn);

/// <param name="Name">The region.</param>
/// <param name="Url">Where clients reach it.</param>
/// <param name="IsOwn">Whether it is that of the node that says it.</param>
/// <param name="Link">The way there; <c>null</c> for the own one.</param>
/// <param name="Nodes">Its nodes that answer; the sums are theirs.</param>
/// <param name="Connections">Client connections.</param>
/// <param name="Peers">Peers.</param>
/// <param name="Rooms">Rooms in which it has peers, each counted once; those that span regions count in each of them.</param>
internal sealed record RegionView(string Name, string? Url, bool IsOwn, LinkView? Link, int Nodes, int Connections, int Peers, int Rooms);

/// <param name="Up">Whether it works both ways.</param>
/// <param name="DelayMs">One way: half of the last round trip.</param>
/// <param name="Queued">Messages that were sent there and that its Redis has not taken yet.</param>
internal sealed record LinkView(bool Up, double? DelayMs, int Queued);

/// <param name="Id">The node.</param>
/// <param name="Region">Its region.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="State">Whether it takes clients.</param>
/// <param name="Problem">Why not.</param>
/// <param name="Connections">Client connections.</param>
/// <param name="Peers">Peers, those that reconnect among them.</param>
/// <param name="Reconnecting">Peers that have no connection now.</param>
/// <param name="Rooms">Rooms in which it has peers.</param>
/// <param name="SignalsPerSecond">Since its answer before.</param>
/// <param name="Redis">Its Redis; <c>null</c> without one.</param>
/// <param name="MemoryMb">Memory that its process holds.</param>
/// <param name="HeardMs">How long ago it answered.</param>
internal sealed record NodeView(
    string Id, string Region, DateTimeOffset StartedAt, NodeState State, string? Problem, int Connections, int Peers, int Reconnecting, int Rooms, double SignalsPerSecond, RedisPart? Redis, int MemoryMb,
    long HeardMs);

/// <summary>A URL of a STUN or TURN server.</summary>
internal sealed record TurnView(string? Region, string Url, bool Well, string? Problem, double? RoundTripMs, DateTimeOffset Since, int Weight, string SeenFrom);
