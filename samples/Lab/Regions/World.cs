using Signaling.Lab.Routing;

namespace Signaling.Lab.Regions;

/// <summary>Three regions on this machine, with the real distances between them.</summary>
internal sealed class World : IAsyncDisposable
{
    private const int NodesPerRegion = 2;

    private readonly List<LabRegion> regions = [];
    private RoutedNetwork? network;

    private World(Ocean ocean) => Ocean = ocean;

    public Ocean Ocean { get; }

    public IReadOnlyList<LabRegion> Regions => regions;

    /// <summary>Builds everything and waits until it works.</summary>
    /// <param name="ocean">What lies between the regions; the world disposes it.</param>
    /// <param name="tell">Is told what is being done.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<World> BuildAsync(Ocean ocean, Action<string> tell, CancellationToken cancellation)
    {
        var world = new World(ocean);
        try
        {
            await world.BuildAsync(tell, cancellation);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public LabRegion Region(string name) => regions.Single(region => region.Name == name);

    public IEnumerable<LabRegion> Others(LabRegion region) => regions.Where(other => other != region);

    /// <summary>Every ordered pair of regions.</summary>
    public IEnumerable<(LabRegion From, LabRegion To)> Ways => from one in regions from other in Others(one) select (one, other);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Ocean.DisposeAsync();
            await Task.WhenAll(regions.Select(region => region.DisposeAsync().AsTask()));
        }
        finally
        {
            // Whatever has gone wrong: nothing outlives its namespace.
            if (network is not null) await network.DisposeAsync();
        }
    }

    private async Task BuildAsync(Action<string> tell, CancellationToken cancellation)
    {
        tell("Laying the network: namespaces, links, BIRD routers");
        var all = Routing.Region.With(NodesPerRegion, NodesPerRegion, NodesPerRegion);
        network = await RoutedNetwork.BuildAsync(all, cancellation);
        regions.AddRange(all.Select(region => new LabRegion(region, network)));

        tell("Starting Redis, hubs and resolvers");
        var ready = new Dictionary<LabRegion, Dictionary<string, string>>();
        foreach (var region in regions)
        {
            var redis = new Dictionary<string, int>();
            ready[region] = new() { [region.Name] = Ready($"{region.FirstNode}") };
            foreach (var other in Others(region))
            {
                redis[other.Name] = await Ocean.BridgeAsync((region.Name, region.Edge), (other.Name, other.Edge), LabRegion.RedisAtEdge);
                ready[region][other.Name] = Ready($"127.0.0.1:{await Ocean.BridgeAsync((region.Name, region.Edge), (other.Name, other.Edge), other.FirstNode)}");
            }

            await region.StartNodesAsync(all, redis, cancellation);
        }

        await Task.WhenAll(regions.Select(region => region.StartAsync(name => ready[region][name], cancellation)));
    }

    private static string Ready(string address) => $"http://{address}/health/ready";
}
