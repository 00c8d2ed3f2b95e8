namespace Signaling.Hub.Rooms.Directory;

/// <summary>A connection's claim to be a peer that is in the directory already.</summary>
/// <param name="PeerId">The peer.</param>
/// <param name="User">Who the connection is of; must be who the peer is of.</param>
/// <param name="TokenHash">Hash of the token that it shows.</param>
/// <param name="NextHash">Hash of the token that it gets for the next time.</param>
/// <param name="Node">The node that holds the new socket.</param>
/// <param name="Grace">How long the token that it shows may be used again, in case the answer is lost.</param>
/// <param name="Attempt">The number of the client's try, if it counts them. With a used token only a later try than the one that used it holds.</param>
/// <param name="Incomplete">
/// How long a room that the directory had lost may lack peers that other nodes have yet to bring back; zero for a node that remembers them itself. Who resumes meanwhile would
/// be told that they have left.
/// </param>
internal sealed record ResumeClaim(
    string PeerId, string? User, string TokenHash, string NextHash, string Node, TimeSpan Grace, long? Attempt = null, TimeSpan Incomplete = default);

/// <summary>A claim that held.</summary>
/// <param name="Room">The room with the peer.</param>
/// <param name="FormerNode">The node that was the authority for it, and may hold an older socket.</param>
internal sealed record Resumption(RoomSnapshot Room, string FormerNode);
