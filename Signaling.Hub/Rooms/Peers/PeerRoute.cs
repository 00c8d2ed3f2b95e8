namespace Signaling.Hub.Rooms.Peers;

/// <summary>Where a peer is.</summary>
/// <param name="PeerId">The peer.</param>
/// <param name="Local">This node's own end of it; <c>null</c> for a peer of another node.</param>
/// <param name="Region">The region of the node; <c>null</c> for this one.</param>
/// <param name="Node">The node that holds its socket.</param>
/// <param name="IsReachable">Whether it has a socket now that can be reached.</param>
internal readonly record struct PeerRoute(string PeerId, Peer? Local, string? Region, string Node, bool IsReachable);
