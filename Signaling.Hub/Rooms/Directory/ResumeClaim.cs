namespace Signaling.Hub.Rooms.Directory;

/// <summary>A connection's claim to be a peer that is in the directory already.</summary>
/// <param name="PeerId">The peer.</param>
/// <param name="User">Who the connection is of; must be who the peer is of.</param>
/// <param name="TokenHash">Hash of the token that it shows.</param>
/// <param name="NextHash">Hash of the token that it gets for the next time.</param>
/// <param name="Node">The node that holds the new socket.</param>
/// <param name="Grace">How long the token that it shows may be used again, in case the answer is lost.</param>
internal sealed record ResumeClaim(string PeerId, string? User, string TokenHash, string NextHash, string Node, TimeSpan Grace);

/// <summary>A claim that held.</summary>
/// <param name="Room">The room with the peer.</param>
/// <param name="FormerNode">The node that was the authority for it, and may hold an older socket.</param>
internal sealed record Resumption(RoomSnapshot Room, string FormerNode);
