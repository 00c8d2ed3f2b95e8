using System.Net.Sockets;
using Signaling.Lab.Proxies;

namespace Signaling.Tests.Faults.Nodes;

/// <summary>Picks a hub for each connection in turn, as a load balancer does; skips those that are dead or not ready.</summary>
/// <param name="targets">The hubs' addresses at the moment.</param>
/// <param name="time">The clock that says when to ask for readiness again.</param>
internal sealed class Balancer(Func<IReadOnlyList<Uri>> targets, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly Dictionary<Uri, (long At, Task<bool> Ready)> _probes = [];
    private readonly Lock _gate = new();
    private int _turn = -1;

    /// <exception cref="SocketException">No hub takes the connection.</exception>
    public async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var all = targets();
        var first = Interlocked.Increment(ref _turn);
        for (var i = 0; i < all.Count; i++)
        {
            var target = all[(int)((uint)(first + i) % all.Count)];
            if (await ReadyAsync(target) && await TryConnectAsync(target, cancellation) is { } socket) return socket;
        }

        throw new SocketException((int)SocketError.HostUnreachable);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<Socket?> TryConnectAsync(Uri target, CancellationToken cancellation)
    {
        try
        {
            return await FaultProxy.ConnectAsync(target.Port, cancellation);
        }
        catch (SocketException)
        {
            return null; // It has died since it was ready.
        }
    }

    private Task<bool> ReadyAsync(Uri target)
    {
        lock (_gate)
        {
            if (_probes.TryGetValue(target, out var probe) && time.GetElapsedTime(probe.At) < Trusted) return probe.Ready;
            var ready = ProbeAsync(target);
            _probes[target] = (time.GetTimestamp(), ready);
            return ready;
        }
    }

    private async Task<bool> ProbeAsync(Uri target)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(target, "health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
