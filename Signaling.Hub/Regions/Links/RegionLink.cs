using Microsoft.AspNetCore.SignalR.StackExchangeRedis;
using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Redis;

namespace Signaling.Hub.Regions.Links;

/// <summary>
/// The way to the nodes of another region: publishes on that region's backplane, without a subscription of its own there and without waiting for an answer
/// that has an ocean to cross.
/// </summary>
internal sealed class RegionLink(RegionOptions region, NodeProtocol protocol, ILoggerFactory logging, TimeProvider time) : IAsyncDisposable
{
    // More are not under way than a far Redis that has stopped reading is worth in memory.
    private const int MostUnderWay = 8192;

    // Longer than a round trip over the slowest link that still is one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly RedisLink _redis = new(new RedisSettings(region.Redis!, Patience), region.Name, logging, time);
    private volatile RedisHubLifetimeManager<NodeHub>? _out;
    private int _underWay;

    public string Region => region.Name;

    /// <summary>Whether what is published is expected to arrive at that region's Redis.</summary>
    public bool IsUp => _redis.IsUp && _out is not null;

    /// <summary>Messages that were published, and not yet answered by that region's Redis.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>A node of that region. Its methods complete at once, or throw <see cref="NodeUnreachableException"/>; order is kept.</summary>
    public RemoteNode Of(string node) => new(node, Send);

    /// <summary>Tries until that region's Redis is there.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _redis.ConnectAsync(cancellationToken);
        var multiplexer = _redis.Multiplexer;
        var options = new RedisOptions { ConnectionFactory = _ => Task.FromResult(multiplexer) };
        _out = new RedisHubLifetimeManager<NodeHub>(logging.CreateLogger<RedisHubLifetimeManager<NodeHub>>(), Options.Create(options), protocol);
    }

    public async ValueTask DisposeAsync()
    {
        _out?.Dispose();
        await _redis.DisposeAsync();
    }

    private Task Send(string node, string method, object?[] arguments)
    {
        if (!IsUp || UnderWay >= MostUnderWay) throw new NodeUnreachableException();
        Interlocked.Increment(ref _underWay);
        _ = WatchAsync(_out!.SendConnectionAsync(node, method, arguments));
        return Task.CompletedTask;
    }

    private async Task WatchAsync(Task publish)
    {
        try
        {
            await publish;
        }
        catch (Exception failure) when (RedisLink.IsOutage(failure))
        {
            _redis.Down(failure);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
