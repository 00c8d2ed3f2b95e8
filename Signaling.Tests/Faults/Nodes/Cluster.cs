using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Faults.Nodes;

/// <summary>Hub processes that share one Redis, behind a balancer, all on ports that the system picks.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly List<Node> _nodes = [];
    private readonly Balancer _balancer;

    private Cluster(RedisProcess? redis)
    {
        Redis = redis;
        _balancer = new Balancer(() => [.. _nodes.Select(node => node.Address)], TimeProvider.System);
        Entry = new FaultProxy(_balancer.ConnectAsync, new Uri("http://127.0.0.1/signaling"));
    }

    public IReadOnlyList<Node> Nodes => _nodes;

    public RedisProcess? Redis { get; }

    /// <summary>The balancer as clients see it; the network before it can be impaired.</summary>
    public FaultProxy Entry { get; }

    public static async Task<Cluster> StartAsync(ClusterOptions? options = null)
    {
        options ??= new();
        var cluster = new Cluster(options.Running ?? (options.Redis is null ? null : await RedisProcess.StartAsync(options.Redis)));
        try
        {
            await cluster.StartNodesAsync(options);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until every hub takes connections.</summary>
    public Task ReadyAsync() => Task.WhenAll(_nodes.Select(node => node.ReadyAsync()));

    public async ValueTask DisposeAsync()
    {
        await Entry.DisposeAsync();
        foreach (var node in _nodes) await node.DisposeAsync();
        if (Redis is not null) await Redis.DisposeAsync();
        _balancer.Dispose();
    }

    private async Task StartNodesAsync(ClusterOptions options)
    {
        var starting = Enumerable.Range(0, options.Nodes).Select(_ => Node.StartAsync(options, Redis)).ToArray();
        try
        {
            await Task.WhenAll(starting);
        }
        finally
        {
            // Those beside one that did not start have to be stopped too.
            foreach (var node in starting) if (node.IsCompletedSuccessfully) _nodes.Add(await node);
        }
    }
}
