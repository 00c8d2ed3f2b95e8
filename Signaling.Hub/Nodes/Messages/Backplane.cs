using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;
using Signaling.Hub.Redis;
using Signaling.Hub.Regions;
using Signaling.Hub.Regions.Links;
using StackExchange.Redis;

namespace Signaling.Hub.Nodes.Messages;

/// <summary>
/// SignalR's Redis backplane with this node as its only connection. Made by hand rather than by <c>AddStackExchangeRedis</c>, which would put
/// every hub of the host on it, and only once Redis is there: a backplane that was made before is never subscribed.
/// </summary>
internal sealed class Backplane(RedisLink redis, RegionLinks links, NodeNames names, NodeInbox inbox, RegionInbox regions, NodeProtocol protocol, ILoggerFactory logging)
    : INodeNetwork, IDisposable
{
    /// <summary>The id under which all nodes of a region are reached.</summary>
    public const string AllNodes = "all";

    private readonly SemaphoreSlim _registering = new(1);
    private volatile Ways? _ways;

    public INode Of(string? region, string node) => region is null ? new RemoteNode(node, SendAsync) : links.Of(region, node);

    /// <summary>Subscribes this node under its id of now, over the connections of now, unless it is.</summary>
    public async Task RegisterAsync()
    {
        await _registering.WaitAsync();
        try
        {
            var ways = _ways;
            if (ways?.Over != redis.Multiplexer)
            {
                _ways = new Ways(redis.Multiplexer, Create(), Create());
                ways?.Dispose();
                ways = _ways;
            }

            if (ways.Node?.ConnectionId != names.Current) await RegisterAsync(ways);
            if (ways.All is null) ways.All = await SubscribeAsync(ways, AllNodes);
        }
        finally
        {
            _registering.Release();
        }
    }

    /// <summary>Begins anew with fresh connections: nothing arrives over the present ones.</summary>
    public async Task RebuildAsync()
    {
        await redis.ReconnectAsync();
        await RegisterAsync();
    }

    public void Dispose()
    {
        _ways?.Dispose();
        _registering.Dispose();
    }

    private async Task RegisterAsync(Ways ways)
    {
        if (ways.Node is { } former) await ways.In.OnDisconnectedAsync(former);
        ways.Node = null;
        ways.Node = await SubscribeAsync(ways, names.Current);
    }

    private async Task<NodeConnection> SubscribeAsync(Ways ways, string id)
    {
        var node = new NodeConnection(id, inbox, regions, protocol, logging);
        try
        {
            await ways.In.OnConnectedAsync(node);
            return node;
        }
        catch
        {
            await ways.In.OnDisconnectedAsync(node);
            throw;
        }
    }

    private async Task SendAsync(string node, string method, object?[] arguments)
    {
        if (!redis.IsUp || _ways is not { } ways) throw new NodeUnreachableException();
        try
        {
            await ways.Out.SendConnectionAsync(node, method, arguments).WaitAsync(RedisLink.Patience, redis.Time);
        }
        catch (Exception failure) when (RedisLink.IsOutage(failure))
        {
            redis.Down(failure);
            throw new NodeUnreachableException(failure);
        }
    }

    private RedisHubLifetimeManager<NodeHub> Create()
    {
        var multiplexer = redis.Multiplexer;
        var options = new RedisOptions { ConnectionFactory = _ => Task.FromResult(multiplexer) };
        return new RedisHubLifetimeManager<NodeHub>(logging.CreateLogger<RedisHubLifetimeManager<NodeHub>>(), Options.Create(options), protocol);
    }

    /// <param name="Over">The connections underneath.</param>
    /// <param name="In">Where this node is subscribed.</param>
    /// <param name="Out">Only publishes. It knows of no connection, so that even what a node tells itself goes through Redis.</param>
    private sealed record Ways(IConnectionMultiplexer Over, RedisHubLifetimeManager<NodeHub> In, RedisHubLifetimeManager<NodeHub> Out) : IDisposable
    {
        public NodeConnection? Node { get; set; }

        public NodeConnection? All { get; set; }

        public void Dispose()
        {
            Dispose(In);
            Dispose(Out);
        }

        /// <summary>Unsubscribes, if Redis answers; what it does not hear of ends with the connection.</summary>
        private static void Dispose(RedisHubLifetimeManager<NodeHub> way)
        {
            try
            {
                way.Dispose();
            }
            catch (Exception failure) when (RedisLink.IsOutage(failure))
            {
            }
        }
    }
}
