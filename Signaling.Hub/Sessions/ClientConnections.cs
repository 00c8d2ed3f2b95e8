using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Sessions;

/// <summary>The client connections of this process. Gives each its <see cref="Outbox"/>.</summary>
internal sealed class ClientConnections(ILogger<ClientConnections> logger, IOptions<SignalingOptions> options, LimitMetrics limits)
    : DefaultHubLifetimeManager<SignalingHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(new Outbox(connection, options.Value.Limits.OutboxMessages, limits));
        return base.OnConnectedAsync(connection);
    }
}
