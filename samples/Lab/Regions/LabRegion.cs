using System.Net;
using Signaling.Lab.Clients;
using Signaling.Lab.Processes;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Regions;

/// <summary>One region: Redis, nodes with their routers, a resolver, and somebody among its clients who does what the scenarios want.</summary>
internal sealed class LabRegion : IAsyncDisposable
{
    public const int RedisPort = 6379;

    private readonly List<IAsyncDisposable> parts = [];
    private readonly List<HubNode> nodes = [];
    private readonly RoutedNetwork network;

    public LabRegion(Region where, RoutedNetwork network)
    {
        (Where, this.network) = (where, network);
        (Edge, ClientPlace) = (network.Place(where.Name), network.Place(where.ClientPlace));
        StartRedis(RedisPort);
    }

    public Region Where { get; }

    public string Name => Where.Name;

    public NetworkNamespace Edge { get; }

    public NetworkNamespace ClientPlace { get; }

    /// <summary>Where <c>birdc</c> talks to the edge's router.</summary>
    public string EdgeControl => network.Router(Name).Socket;

    public IReadOnlyList<HubNode> Nodes => nodes;

    /// <summary>Its clients; there when <see cref="StartAsync"/> is over.</summary>
    public AgentProcess Agent { get; private set; } = null!;

    /// <summary>Its Redis, from its edge.</summary>
    public static IPEndPoint RedisAtEdge => new(IPAddress.Loopback, RedisPort);

    /// <summary>The node that is asked whether the region is ready, from its edge.</summary>
    public IPEndPoint FirstNode => new(IPAddress.Parse($"10.{Where.Number}.1.2"), HubNode.Port);

    /// <summary>A Redis on the region's edge, on top of its own.</summary>
    public ChildProcess StartRedis(int port)
    {
        var redis = Edge.Start("redis-server", ["--port", $"{port}", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "", "--appendonly", "no"]);
        parts.Add(redis);
        return redis;
    }

    /// <summary>Starts its nodes.</summary>
    /// <param name="all">Every region of the service.</param>
    /// <param name="bridges">The ports on this edge that lead to the other regions' Redis.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task StartNodesAsync(IReadOnlyList<Region> all, IReadOnlyDictionary<string, int> bridges, CancellationToken cancellation)
    {
        foreach (var (name, subnet) in Where.Nodes)
        {
            cancellation.ThrowIfCancellationRequested();
            var place = network.Place(name);
            parts.Add(await NodeRouter.StartAsync(
                place, subnet, HubNode.Port, $"{RoutedNetwork.Service4}/32", $"{Where.Address}/32", $"{RoutedNetwork.Service6.Trim('[', ']')}/128"));
            var node = new HubNode(name, place, $"{subnet}.2", HubNode.Port, Settings(subnet, all, bridges));
            nodes.Add(node);
            parts.Add(node);
        }
    }

    /// <summary>Until its nodes take connections and clients are led to them; then starts what needs them.</summary>
    /// <param name="readyUrl">What tells, on this edge, whether a region is ready.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task StartAsync(Func<string, string> readyUrl, CancellationToken cancellation)
    {
        foreach (var node in nodes) await node.ReadyAsync(cancellation);
        parts.Add(await Resolver.StartAsync(Edge, readyUrl, cancellation));
        Agent = new AgentProcess(Name, ClientPlace);
        parts.Add(Agent);
        foreach (var (_, subnet) in Where.Nodes) await network.AnnouncedAsync(Name, $"{subnet}.2");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts.AsEnumerable().Reverse()) await part.DisposeAsync();
    }

    private Dictionary<string, string> Settings(string subnet, IReadOnlyList<Region> all, IReadOnlyDictionary<string, int> bridges)
    {
        var settings = new Dictionary<string, string> { ["Region"] = Name, ["Redis"] = $"{subnet}.1:{RedisPort}" };
        for (var i = 0; i < all.Count; i++)
        {
            settings[$"Regions:{i}:Name"] = all[i].Name;
            settings[$"Regions:{i}:Url"] = $"http://{all[i].Address}:{HubNode.Port}";
            if (bridges.TryGetValue(all[i].Name, out var port)) settings[$"Regions:{i}:Redis"] = $"{subnet}.1:{port}";
        }

        return settings;
    }
}
