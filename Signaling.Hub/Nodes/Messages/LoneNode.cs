namespace Signaling.Hub.Nodes.Messages;

/// <summary>A node without Redis has no others.</summary>
internal sealed class LoneNode : INodeNetwork
{
    public INode Of(string? region, string node) => throw new NodeUnreachableException();
}
