using Microsoft.AspNetCore.SignalR;

namespace Signaling.Hub.Nodes.Messages;

/// <summary>The hub whose clients are the nodes of a region. It is never mapped: its connections exist on the backplane only.</summary>
internal sealed class NodeHub : Hub<INode>;
