using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Limits;

/// <summary>
/// Admits new connections at the rate that the node can take. The others are told when to come back, each at a moment of its own, so that a storm is
/// served as a queue.
/// </summary>
internal sealed class Admission(IOptions<SignalingOptions> options, LimitMetrics metrics, TimeProvider time)
{
    private const int RefillsPerSecond = 10;

    private readonly int _perSecond = options.Value.Limits.ConnectsPerSecond;
    private readonly Lock _gate = new();
    private readonly TokenBucketRateLimiter _bucket = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.Value.Limits.ConnectsPerSecond,
        TokensPerPeriod = Math.Max(1, options.Value.Limits.ConnectsPerSecond / RefillsPerSecond),
        ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / Math.Min(RefillsPerSecond, options.Value.Limits.ConnectsPerSecond)),
        AutoReplenishment = false,
        QueueLimit = 0,
    });

    private double _nextSlot;

    /// <exception cref="Refusal"><see cref="ErrorCode.Unavailable"/>, saying when to come back.</exception>
    public void Acquire()
    {
        _bucket.TryReplenish();
        using var lease = _bucket.AttemptAcquire();
        if (lease.IsAcquired) return;
        metrics.Hit(Limit.Connects);
        throw new Refusal(ErrorCode.Unavailable, "Too many connect just now.", NextSlot());
    }

    private TimeSpan NextSlot()
    {
        lock (_gate)
        {
            var now = time.GetElapsedTime(0).TotalSeconds;
            _nextSlot = Math.Max(now + 1, _nextSlot) + (1.0 / _perSecond);
            return TimeSpan.FromSeconds(_nextSlot - now);
        }
    }
}
