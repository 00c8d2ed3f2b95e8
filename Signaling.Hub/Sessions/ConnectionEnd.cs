namespace Signaling.Hub.Sessions;

/// <summary>How a client connection has ended.</summary>
internal enum ConnectionEnd
{
    /// <summary>By the client: it closed the WebSocket, or was in no room any more.</summary>
    Closed,

    /// <summary>By this node: it was not let into the room in its URL.</summary>
    Refused,

    /// <summary>By this node, at the deadline of a drain.</summary>
    Drained,

    /// <summary>By this node: the client read too slowly, or sent what cannot be read.</summary>
    Dropped,

    /// <summary>By the network or a client that died: without a close, while the connection was in a room.</summary>
    Lost,
}
