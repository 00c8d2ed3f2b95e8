namespace Signaling.Hub.Nodes.Messages;

/// <summary>What a node tells nodes of other regions. Public because SignalR wants the interfaces of typed hubs so; not for use outside the hub.</summary>
public interface IRegionNode
{
    /// <summary>
    /// A node is there, and says whether it hears the receiver's region. To all nodes of the region. One of them, whose last beat it names, learns the round trip from it, as RTCP does (RFC 3550 §6.4.1):
    /// what has passed since that beat, without the time for which it was held.
    /// </summary>
    Task Beat(string region, string node, bool hearsYou, long stamp, string? echoTo, long echoStamp, long heldMicroseconds);

    /// <summary>A peer has joined, changed or moved. To one node of the region, which keeps the copy of the roster there and tells the nodes that were not told.</summary>
    Task KeepPut(string region, string room, string epoch, long version, byte[] socket, byte[] info, string[] told);

    /// <summary>A peer has left. Otherwise like <see cref="KeepPut"/>.</summary>
    Task KeepRemove(string region, string room, string epoch, long version, string peerId, int reason, string[] told);

    /// <summary>All peers that a region has in a room, by pairs of socket and info.</summary>
    Task KeepRoster(string region, string room, string epoch, long version, byte[][] fields);

    /// <summary>The versions of some rooms, so that the receiver notices what it has missed.</summary>
    Task Digest(string region, string node, string[] rooms, string[] epochs, long[] versions);

    /// <summary>Asks all nodes of a region for their digests: the copies here may be lost.</summary>
    Task AskDigests(string region);

    /// <summary>Asks for the rosters of rooms, to be sent to a node.</summary>
    Task AskRosters(string region, string node, string[] rooms);

    /// <summary>A peer of the receiver was given up, and has left there for good: it has to come back as another one.</summary>
    Task GivenUp(string region, string room, string peerId);
}
