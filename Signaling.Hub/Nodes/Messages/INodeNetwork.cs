namespace Signaling.Hub.Nodes.Messages;

/// <summary>The way to other nodes.</summary>
internal interface INodeNetwork
{
    /// <summary>Another node. Its methods throw <see cref="NodeUnreachableException"/> while nothing can be sent; that something was sent does not say that it arrives.</summary>
    /// <param name="region">Its region; <c>null</c> for this one.</param>
    /// <param name="node">Its id.</param>
    INode Of(string? region, string node);
}

/// <summary>Nothing can be sent to other nodes now.</summary>
internal sealed class NodeUnreachableException(Exception? innerException = null) : Exception("The node cannot be reached.", innerException);
