using System.Net;
using Signaling.Lab.Proxies;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Regions;

/// <summary>
/// All that lies between the regions: one proxy for each service that a region offers to another. Whatever goes from one to another takes half the round trip, in order; each direction
/// can be cut by itself, and then what is sent waits, as TCP does.
/// </summary>
internal sealed class Ocean(IReadOnlyDictionary<RegionPair, TimeSpan> distances, TimeSpan jitter) : IAsyncDisposable
{
    private readonly Dictionary<RegionPair, TimeSpan> roundTrips = distances.ToDictionary();
    private readonly HashSet<(string From, string To)> cuts = [];
    private readonly List<(string From, string To, FaultProxy Proxy)> bridges = [];
    private readonly PreciseTime time = new();
    private readonly Lock gate = new();

    /// <summary>At most how much longer anything takes, at random.</summary>
    public TimeSpan Jitter { get; private set; } = jitter;

    public IReadOnlyDictionary<RegionPair, TimeSpan> RoundTrips
    {
        get
        {
            lock (gate) return roundTrips.ToDictionary();
        }
    }

    /// <summary>What nothing gets through in now.</summary>
    public IReadOnlyList<(string From, string To)> Cuts
    {
        get
        {
            lock (gate) return [.. cuts];
        }
    }

    /// <summary>Bytes that are on their way, or wait where one is cut.</summary>
    public long Held
    {
        get
        {
            lock (gate) return bridges.Sum(bridge => bridge.Proxy.Held);
        }
    }

    public TimeSpan OneWay(string from, string to) => RoundTrips[new(from, to)] / 2;

    /// <summary>Lets machines of one region connect to a service of another.</summary>
    /// <param name="source">Where the proxy listens: the edge of the one.</param>
    /// <param name="destination">From where it connects: the edge of the other.</param>
    /// <param name="service">What is offered there.</param>
    /// <returns>The port, on every address of the edge.</returns>
    public async Task<int> BridgeAsync((string Region, NetworkNamespace Edge) source, (string Region, NetworkNamespace Edge) destination, IPEndPoint service)
    {
        var proxy = new FaultProxy(
            cancellation => destination.Edge.ConnectAsync(service, cancellation), new Uri($"tcp://{service}"), time, await source.Edge.OpenSocketAsync());
        lock (gate)
        {
            bridges.Add((source.Region, destination.Region, proxy));
            Apply();
        }

        return proxy.Url.Port;
    }

    public void SetRoundTrip(RegionPair pair, TimeSpan roundTrip)
    {
        lock (gate)
        {
            roundTrips[pair] = roundTrip;
            Apply();
        }
    }

    public void SetJitter(TimeSpan most)
    {
        lock (gate)
        {
            Jitter = most;
            Apply();
        }
    }

    /// <summary>Nothing arrives any more in this direction, and nobody is told.</summary>
    public void Cut(string from, string to)
    {
        lock (gate)
        {
            cuts.Add((from, to));
            Apply();
        }
    }

    /// <summary>Everything passes again; what waited goes first.</summary>
    public void Heal()
    {
        lock (gate)
        {
            cuts.Clear();
            Apply();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, proxy) in bridges) await proxy.DisposeAsync();
        time.Dispose();
    }

    private void Apply()
    {
        foreach (var (from, to, proxy) in bridges) (proxy.Up, proxy.Down) = (Way(from, to), Way(to, from));
    }

    private Impairment Way(string from, string to) => new() { Delay = roundTrips[new(from, to)] / 2, Jitter = Jitter, Frozen = cuts.Contains((from, to)) };
}
