namespace Signaling.Hub.Nodes;

/// <summary>A node without Redis has no others.</summary>
internal sealed class LoneNode : INodeNetwork
{
    public INode Of(string node) => throw new NodeUnreachableException();
}
