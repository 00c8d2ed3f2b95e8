using Signaling.Lab.Routing;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>Three continents and their routers, with hubs behind them: two nodes with one Redis in Seoul, one node in each other region.</summary>
internal sealed class AnycastNetwork : IAsyncDisposable
{
    private static readonly Region[] Regions = Region.With(seoul: 2, frankfurt: 1, virginia: 1);

    private readonly Dictionary<string, AnycastNode> _nodes = [];
    private readonly RoutedNetwork _routes;
    private readonly ChildProcess _redis;

    private AnycastNetwork(RoutedNetwork routes)
    {
        _routes = routes;
        _redis = routes.Place(Region.SeoulName).Start("redis-server", ["--port", "6379", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "", "--appendonly", "no"]);
    }

    public static async Task<AnycastNetwork> StartAsync()
    {
        var network = new AnycastNetwork(await RoutedNetwork.BuildAsync(Regions));
        try
        {
            await network.StartNodesAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public AnycastNode Node(string name) => _nodes[name];

    public AnycastClient Client(string continent) => new(_routes.Place($"client-{continent}"));

    /// <summary>What the carrier has heard from its customer in a continent.</summary>
    public Task<string> HeardAsync(string continent) => _routes.Router(continent).AskAsync("show route 192.0.2.0/24 protocol customer all");

    /// <summary>Until no connection is pinned to a node any more.</summary>
    public Task WithdrawnAsync(string edge, int table) => Eventually.TrueAsync(
        async () => await _routes.Place(edge).RunAsync("ip", "route", "show", "table", "all") is { } routes
            && !routes.Contains($"table {table} ", StringComparison.Ordinal),
        $"table {table} is empty");

    /// <summary>Until every node runs and is announced to its edge.</summary>
    public async Task HealAsync()
    {
        foreach (var node in _nodes.Values) await node.HealAsync();
        foreach (var region in Regions)
        {
            foreach (var (_, subnet) in region.Nodes) await _routes.AnnouncedAsync(region.Name, $"{subnet}.2");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        await _redis.DisposeAsync();
        await _routes.DisposeAsync();
    }

    private async Task StartNodesAsync()
    {
        foreach (var region in Regions)
        {
            foreach (var (name, subnet) in region.Nodes)
            {
                var redis = region.NodeCount > 1 ? $"{subnet}.1:6379" : null;
                _nodes[name] = await AnycastNode.StartAsync(name, _routes.Place(name), subnet, redis);
            }
        }

        await HealAsync();
    }
}
