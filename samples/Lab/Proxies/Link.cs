using System.Net;
using System.Net.Sockets;

namespace Signaling.Lab.Proxies;

/// <summary>One connection through a proxy.</summary>
internal sealed class Link(Socket client, Socket server, CancellationToken stop)
{
    private readonly CancellationTokenSource cut = CancellationTokenSource.CreateLinkedTokenSource(stop);

    private Pump? there;
    private Pump? back;

    /// <summary>The port by which the server knows this connection.</summary>
    public int PortAtServer { get; } = ((IPEndPoint)server.LocalEndPoint!).Port;

    /// <summary>Nothing that the server says arrives any more, while all that the client says does.</summary>
    public void Deafen() => back!.Lose();

    /// <summary>Nothing arrives any more, either way, and neither end is told.</summary>
    public void Lose()
    {
        there!.Lose();
        back!.Lose();
    }

    /// <summary>Resets both ends.</summary>
    public void Cut()
    {
        cut.Cancel();
        client.Close(0);
        server.Close(0);
    }

    public async Task RunAsync(Lane up, Lane down, TimeProvider time)
    {
        using var forth = there = new Pump(client, server, up, time);
        using var pump = back = new Pump(server, client, down, time);
        await Task.WhenAll(
            OrCutAsync(forth.ReadAsync), OrCutAsync(forth.WriteAsync, down), OrCutAsync(pump.ReadAsync), OrCutAsync(pump.WriteAsync, up));
        client.Dispose();
        server.Dispose();
    }

    /// <summary>What fails on one side resets the other, once the lane on which the news travels lets it through.</summary>
    private async Task OrCutAsync(Func<CancellationToken, Task> run, Lane? news = null)
    {
        try
        {
            await run(cut.Token);
        }
        catch (SocketException) when (news is not null)
        {
            await OrCutAsync(news.ResetPassesAsync);
            Cut();
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            Cut();
        }
    }
}
