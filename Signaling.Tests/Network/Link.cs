using System.Net.Sockets;

namespace Signaling.Tests.Network;

/// <summary>One connection through a proxy.</summary>
internal sealed class Link(Socket client, Socket server, CancellationToken stop)
{
    private readonly CancellationTokenSource cut = CancellationTokenSource.CreateLinkedTokenSource(stop);

    /// <summary>Resets both ends.</summary>
    public void Cut()
    {
        cut.Cancel();
        client.Close(0);
        server.Close(0);
    }

    public async Task RunAsync(Lane up, Lane down, TimeProvider time)
    {
        await Task.WhenAll(PumpAsync(new(client, server, up, time)), PumpAsync(new(server, client, down, time)));
        client.Dispose();
        server.Dispose();
    }

    private async Task PumpAsync(Pump pump)
    {
        try
        {
            await pump.RunAsync(cut.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Cut();
        }
    }
}
