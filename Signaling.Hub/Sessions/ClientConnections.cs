using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Signaling.Hub.Sessions;

/// <summary>The client connections of this process. Gives each its <see cref="Outbox"/>.</summary>
internal sealed class ClientConnections(ILogger<ClientConnections> logger, IOptions<SignalingOptions> options)
    : DefaultHubLifetimeManager<SignalingHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(new Outbox(connection, options.Value.Limits.OutboxMessages));
        return base.OnConnectedAsync(connection);
    }
}
