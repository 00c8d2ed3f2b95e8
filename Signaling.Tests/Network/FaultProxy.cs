using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Network;

/// <summary>A TCP proxy on a port of the system's choice that can cut, refuse and freeze what goes through it.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Socket, Socket> pairs = new();
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint target;
    private readonly Task accepting;
    private volatile TaskCompletionSource thaw = Completed();

    public CuttableProxy(Uri target)
    {
        this.target = new(IPAddress.Loopback, target.Port);
        listener.Start();
        Url = new UriBuilder(target) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port }.Uri;
        accepting = AcceptAsync();
    }

    /// <summary>The target's URL by way of the proxy.</summary>
    public Uri Url { get; }

    /// <summary>While set, new connections are accepted and closed at once.</summary>
    public bool Refuses { get; set; }

    public int Connections { get; private set; }

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        foreach (var pair in pairs.Keys.ToArray()) Close(pair);
    }

    /// <summary>Lets nothing through, either way, without a sign; until <see cref="Thaw"/>.</summary>
    public void Freeze() => thaw = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => thaw.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        Thaw();
        Cut();
        await accepting;
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        var pumps = new List<Task>();
        try
        {
            while (true) pumps.Add(ServeAsync(await listener.AcceptSocketAsync(stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Connections++;
        var server = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        pairs[client] = server;
        if (Refuses)
        {
            Close(client);
            return;
        }

        try
        {
            await server.ConnectAsync(target, stop.Token);
            await Task.WhenAny(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The target is not there: the client sees its connection closed.
        }

        Close(client);
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, stop.Token) is var read and > 0)
            {
                await thaw.Task;
                await to.SendAsync(buffer.AsMemory(0, read), stop.Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private void Close(Socket client)
    {
        if (!pairs.TryRemove(client, out var server)) return;
        client.Close(0);
        server.Close(0);
    }
}
