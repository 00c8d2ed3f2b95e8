using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

/// <summary>The connections of the fake hub, to cut or to close with an error.</summary>
internal sealed class FakeConnections()
    : DefaultHubLifetimeManager<FakeHubEndpoint>(NullLogger<DefaultHubLifetimeManager<FakeHubEndpoint>>.Instance)
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> open = new();
    private readonly SemaphoreSlim closed = new(0);

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        open[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        open.TryRemove(connection.ConnectionId, out _);
        closed.Release();
        return base.OnDisconnectedAsync(connection);
    }

    public Task ClosedAsync(string connectionId) => UntilAsync(() => !open.ContainsKey(connectionId));

    public Task AllClosedAsync() => UntilAsync(() => open.IsEmpty);

    public void Cut(string connectionId) => open[connectionId].Abort();

    public async Task CloseAsync(string connectionId, SignalingError error)
    {
        var connection = open[connectionId];
        await connection.WriteAsync(new CloseMessage(error.ToString()));
        connection.Abort();
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) (await closed.WaitAsync(TimeSpan.FromSeconds(20))).Should().BeTrue("a connection is to be closed");
    }
}
