using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Redis;
using Signaling.Hub.Regions;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Telemetry.Metrics;
using StackExchange.Redis;

namespace Signaling.Hub.Nodes;

/// <summary>The life of this node among the others of its region: connects, registers, keeps its lease, and makes up for every time that Redis was away.</summary>
internal sealed partial class NodeService(
    RedisLink redis, Backplane backplane, NodeLease lease, LostNodes lostNodes, Orphans orphans, Reassertion reassertion, RoomRepair repair, Canary canary, RegionDigests digests, NodeNames names, NodeMetrics metrics,
    IOptions<SignalingOptions> options, ILogger<NodeService> logger) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _wake = new(0);
    private volatile bool _stale = true;

    /// <summary>Whether there is no Redis, and so no other node.</summary>
    public bool IsAlone => options.Value.Redis is null;

    /// <summary>Whether this node is known to the others, and they to it.</summary>
    public bool IsRegistered { get; private set; }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            if (IsRegistered) await lease.ReleaseAsync();
        }
        catch (Exception failure) when (failure is DirectoryAwayException or RedisException)
        {
            // Then the lease ends by itself.
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _wake.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (IsAlone) return;
        redis.Restored += OnRestored;
        canary.Heard += OnRestored; // Between reading the rooms and being subscribed again, something may have been missed.
        repair.Owing += Wake;
        try
        {
            await redis.ConnectAsync(stoppingToken);
            await Task.WhenAll(LiveAsync(stoppingToken), canary.RunAsync(options.Value.Nodes.Canary, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            redis.Restored -= OnRestored;
            canary.Heard -= OnRestored;
            repair.Owing -= Wake;
        }
    }

    private async Task LiveAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var kept = !redis.IsUp || await KeepAsync();
            await _wake.WaitAsync(kept ? options.Value.Nodes.Lease / 3 : RetryInterval, stoppingToken);
            while (_wake.CurrentCount > 0) await _wake.WaitAsync(stoppingToken);
        }
    }

    /// <returns>Whether there is nothing left to do soon.</returns>
    private async Task<bool> KeepAsync()
    {
        try
        {
            await backplane.RegisterAsync();
            if (!IsRegistered) await lease.AcquireAsync();
            else if (!await lease.RenewAsync()) await BeginAnewAsync();
            if (_stale)
            {
                _stale = false;
                await reassertion.AllAsync();
                digests.AskAll();
            }
            else
            {
                await reassertion.OwedAsync();
            }

            IsRegistered = true;
            var waiting = await orphans.RestoreAsync();
            await lostNodes.SweepAsync();
            return !waiting;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            _stale = true;
            if (failure is not DirectoryAwayException && !RedisLink.IsOutage(failure)) LogFailed(failure);
            return false;
        }
    }

    /// <summary>The lease was lost: Redis was wiped, or this node was taken for dead. It goes on under a new id and undoes nothing that others have done.</summary>
    private async Task BeginAnewAsync()
    {
        LogLeaseLost(names.Current);
        metrics.LeaseLost();
        redis.HasForgotten();
        names.Renew();
        await backplane.RegisterAsync();
        await lease.AcquireAsync();
        _stale = true;
    }

    private void OnRestored()
    {
        _stale = true;
        Wake();
    }

    private void Wake() => _wake.Release();

    [LoggerMessage(23, LogLevel.Warning, "The lease of {Node} was lost; going on under a new id")]
    private partial void LogLeaseLost(string node);

    [LoggerMessage(24, LogLevel.Error, "Keeping the node registered failed; trying again")]
    private partial void LogFailed(Exception failure);
}
