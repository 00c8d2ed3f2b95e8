namespace Signaling.Hub.Operator.Console.Views;

/// <summary>One room.</summary>
/// <param name="Id">The room.</param>
/// <param name="Open">Whether anybody is in it.</param>
/// <param name="Version">Epoch and number of its region's directory, as the first node that has peers there knows them.</param>
/// <param name="RelayOnly">Whether its peers must not learn each other's addresses.</param>
/// <param name="Peers">Who is in it, in the order of joining.</param>
/// <param name="Timeline">What has happened, oldest first.</param>
internal sealed record RoomView(string Id, bool Open, string? Version, bool RelayOnly, IReadOnlyList<PeerView> Peers, IReadOnlyList<EventView> Timeline);

internal sealed record PeerView(string Id, string? Name, string Region, string Node, string State, DateTimeOffset? JoinedAt, IReadOnlyDictionary<string, string> Attributes);

internal sealed record EventView(DateTimeOffset At, string Kind, string Peer, string? To, string? Detail, string Node, string Region);
