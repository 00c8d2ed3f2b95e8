using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Signaling.Hub.Regions;


namespace Signaling.Hub.Nodes.Messages;

/// <summary>This node as a connection of the backplane: what is written to it goes into the node's inbox.</summary>
internal sealed partial class NodeConnection(string nodeId, NodeInbox inbox, RegionInbox regions, NodeProtocol protocol, ILoggerFactory logging)
    : HubConnectionContext(new DefaultConnectionContext(nodeId), new HubConnectionContextOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan }, logging)
{
    private readonly ILogger _logger = logging.CreateLogger<NodeConnection>();

    public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            return protocol.Read(message) is { } invocation ? TakeAsync(invocation) : default;
        }
        catch (InvalidDataException failure)
        {
            LogUnreadable(failure);
            return default;
        }
    }

    public override ValueTask WriteAsync(HubMessage message, CancellationToken cancellationToken = default) =>
        message is InvocationMessage invocation ? TakeAsync(invocation) : default;

    private async ValueTask TakeAsync(InvocationMessage invocation)
    {
        try
        {
            await NodeProtocol.InvokeAsync(inbox, regions, invocation);
        }
        catch (Exception failure)
        {
            // One bad message must not keep the next ones out.
            LogUnreadable(failure);
        }
    }

    [LoggerMessage(20, LogLevel.Error, "A message of another node could not be taken")]
    private partial void LogUnreadable(Exception failure);
}
