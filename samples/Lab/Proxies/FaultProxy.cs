using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Lab.Proxies;

/// <summary>A TCP proxy on a port of the system's choice that does to what goes through it what far and bad networks do.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Link, bool> links = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Socket listener;
    private readonly Func<CancellationToken, Task<Socket>> connect;
    private readonly TimeProvider time;
    private readonly Lane up = new();
    private readonly Lane down = new();
    private readonly Task accepting;
    private int connections;

    public FaultProxy(Uri target, TimeProvider? time = null)
        : this(cancellation => ConnectAsync(target.Port, cancellation), target, time)
    {
    }

    /// <param name="connect">Opens the way to a target for each connection; throws <see cref="SocketException"/> when there is none.</param>
    /// <param name="target">What <see cref="Url"/> looks like, but for the port.</param>
    /// <param name="time">The clock behind every delay.</param>
    /// <param name="socket">What to listen with, if not with a socket of this process's own network.</param>
    public FaultProxy(Func<CancellationToken, Task<Socket>> connect, Uri target, TimeProvider? time = null, Socket? socket = null)
    {
        this.connect = connect;
        this.time = time ?? TimeProvider.System;
        listener = socket ?? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(socket is null ? IPAddress.Loopback : IPAddress.Any, 0));
        listener.Listen();
        Url = new UriBuilder(target) { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndPoint!).Port }.Uri;
        accepting = AcceptAsync();
    }

    /// <summary>The target's URL by way of the proxy.</summary>
    public Uri Url { get; }

    /// <summary>While set, new connections are accepted and closed at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>How many were made, refused ones included.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Those that are open now.</summary>
    public IReadOnlyList<Link> Links => [.. links.Keys];

    /// <summary>What happens on the way from the clients to the target.</summary>
    public Impairment Up
    {
        get => up.Impairment;
        set => up.Impairment = value;
    }

    /// <summary>What happens on the way back.</summary>
    public Impairment Down
    {
        get => down.Impairment;
        set => down.Impairment = value;
    }

    /// <summary>Bytes that the proxy has taken and not passed on, in both directions.</summary>
    public long Held => up.Held + down.Held;

    /// <summary>Bytes that it has lost on purpose.</summary>
    public long Dropped => up.Dropped + down.Dropped;

    public static async Task<Socket> ConnectAsync(int port, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The same in both directions.</summary>
    public void Impair(Impairment both) => (Up, Down) = (both, both);

    public void Heal() => Impair(new());

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        foreach (var link in links.Keys) link.Cut();
    }

    /// <summary>Lets nothing through, either way, without a sign; until <see cref="Thaw"/>.</summary>
    public void Freeze() => (Up, Down) = (Up with { Frozen = true }, Down with { Frozen = true });

    public void Thaw() => (Up, Down) = (Up with { Frozen = false }, Down with { Frozen = false });

    /// <summary>Takes steps one after another, each so long after the one before.</summary>
    public async Task PlayAsync(CancellationToken cancellation, params (TimeSpan After, Action<FaultProxy> Step)[] script)
    {
        foreach (var (after, step) in script)
        {
            await Task.Delay(after, time, cancellation);
            step(this);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await listener.AcceptAsync(stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Interlocked.Increment(ref connections);
        client.NoDelay = true;
        if (Refuses)
        {
            client.Close(0);
            return;
        }

        try
        {
            var link = new Link(client, await connect(stop.Token), stop.Token);
            links[link] = true;
            await link.RunAsync(up, down, time);
            links.TryRemove(link, out _);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            client.Close(0); // The target is not there.
        }
    }
}
