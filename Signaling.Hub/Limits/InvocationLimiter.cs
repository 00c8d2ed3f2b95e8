using System.Threading.RateLimiting;
using Signaling.Contracts;

namespace Signaling.Hub.Limits;

/// <summary>A token bucket for one connection; it needs no timer of its own.</summary>
internal sealed class InvocationLimiter(int perSecond)
{
    private const int RefillsPerSecond = 10;

    private readonly TokenBucketRateLimiter _bucket = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = 2 * perSecond,
        TokensPerPeriod = Math.Max(1, perSecond / RefillsPerSecond),
        ReplenishmentPeriod = perSecond < RefillsPerSecond
            ? TimeSpan.FromSeconds(1.0 / perSecond)
            : TimeSpan.FromSeconds(1.0 / RefillsPerSecond),
        AutoReplenishment = false,
        QueueLimit = 0,
    });

    /// <exception cref="Refusal"><see cref="ErrorCode.RateLimited"/>.</exception>
    public void Acquire()
    {
        _bucket.TryReplenish();
        using var lease = _bucket.AttemptAcquire();
        if (lease.IsAcquired) return;
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        throw new Refusal(ErrorCode.RateLimited, $"More than {perSecond} invocations a second.", wait);
    }
}
