namespace Signaling.Hub.Nodes.Messages;

/// <summary>What one node tells another. Public because SignalR wants the interfaces of typed hubs so; not for use outside the hub.</summary>
public interface INode
{
    /// <summary>A peer of a region has joined, changed or moved; in the form in which that region's directory has it.</summary>
    /// <remarks>Here and below <c>traceParent</c> is the span that has sent it, as in W3C Trace Context; <c>null</c> where none was kept.</remarks>
    Task Put(string region, string room, string epoch, long version, byte[] socket, byte[] info, string? traceParent);

    /// <summary>A peer has left, for a <see cref="Contracts.LeaveReason"/>.</summary>
    Task Remove(string region, string room, string epoch, long version, string peerId, int reason);

    /// <summary>A region's directory has a version of the room that the receiver may have missed.</summary>
    Task Changed(string region, string room, string epoch, long version);

    /// <summary>A message for a peer whose socket the receiver holds, as it goes on the wire.</summary>
    Task Deliver(string room, string peerId, byte[] message, string? traceParent);

    /// <summary>App data, in JSON, for several peers whose sockets the receiver holds; by peer id the number of each one's copy, 0 for none.</summary>
    Task DeliverToRoom(string room, byte[] signal, Dictionary<string, long> receivers);

    /// <summary>A node, on which an operator's console is open, asks all nodes of a region what they have.</summary>
    /// <param name="region">Its region.</param>
    /// <param name="node">Its id, to which the answer goes.</param>
    /// <param name="question">Which question this is.</param>
    /// <param name="text">The question itself.</param>
    Task Ask(string region, string node, string question, byte[] text);

    /// <summary>What a node of a region has to say to a question.</summary>
    Task Answer(string region, string question, byte[] text);

    /// <summary>A node tells itself that messages arrive.</summary>
    Task Canary(string nonce);
}
