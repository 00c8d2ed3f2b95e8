using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Redis;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Nodes;

/// <summary>Sends this node a message through its own backplane, again and again: publishes may succeed while nothing arrives.</summary>
internal sealed partial class Canary(RedisLink redis, Backplane backplane, NodeInbox inbox, NodeNames names, NodeMetrics metrics, TimeProvider time, ILogger<Canary> logger)
{
    private const int MostMisses = 2;

    private volatile bool _sings = true;
    private int _restored;

    /// <summary>Messages arrive again after a time in which they may not have.</summary>
    public event Action? Heard;

    /// <summary>Whether what is published arrives.</summary>
    public bool Sings => _sings;

    public async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        redis.Restored += OnRestored;
        try
        {
            for (var misses = 0; ;)
            {
                await Task.Delay(interval, time, cancellationToken);
                misses = await SingAsync(interval, cancellationToken) ? 0 : misses + 1;
                _sings = misses < MostMisses;
                if (_sings) continue;

                LogSilent();
                await HealAsync();
            }
        }
        finally
        {
            redis.Restored -= OnRestored;
        }
    }

    /// <returns>Whether it arrived, as far as it could.</returns>
    private async Task<bool> SingAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (!redis.IsUp) return true;
        var restored = Interlocked.Exchange(ref _restored, 0) > 0;
        var arrived = await ArrivesAsync(patience, cancellationToken);
        if (restored && arrived is true) Heard?.Invoke();
        else if (restored) OnRestored();
        return arrived is not false;
    }

    private void OnRestored() => Interlocked.Exchange(ref _restored, 1);

    private async Task HealAsync()
    {
        try
        {
            await backplane.RebuildAsync();
        }
        catch (Exception failure) when (RedisLink.IsOutage(failure))
        {
            redis.Down(failure);
        }
    }

    /// <returns><c>null</c> when Redis is away, which is known.</returns>
    private async Task<bool?> ArrivesAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var (nonce, began) = (PeerId.New(), time.GetTimestamp());
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(string what)
        {
            if (what == nonce) arrived.TrySetResult();
        }

        inbox.CanaryArrived += Take;
        try
        {
            await backplane.Of(null, names.Current).Canary(nonce);
            await arrived.Task.WaitAsync(patience, time, cancellationToken);
            metrics.CanaryArrived(began);
            return true;
        }
        catch (NodeUnreachableException)
        {
            return null;
        }
        catch (TimeoutException)
        {
            metrics.CanaryMissed();
            return false;
        }
        finally
        {
            inbox.CanaryArrived -= Take;
        }
    }

    [LoggerMessage(22, LogLevel.Warning, "Nothing arrives through the backplane although publishing succeeds; connecting anew")]
    private partial void LogSilent();
}
