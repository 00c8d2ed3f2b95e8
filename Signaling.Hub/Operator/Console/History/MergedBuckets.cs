using Signaling.Hub.Operator.Console.Views;

namespace Signaling.Hub.Operator.Console.History;

/// <summary>The counts of several nodes added up.</summary>
internal sealed class MergedBuckets
{
    private readonly long[] _counts = new long[TimeScale.Buckets];
    private long _total;

    /// <param name="pairs">As <see cref="LiveBuckets.Take"/> gives them.</param>
    public void Add(IReadOnlyList<int> pairs)
    {
        for (var i = 0; i + 1 < pairs.Count; i += 2)
        {
            var (bucket, count) = (pairs[i], pairs[i + 1]);
            if (bucket is < 0 or >= TimeScale.Buckets || count <= 0) continue; // A newer node's.
            _counts[bucket] += count;
            _total += count;
        }
    }

    /// <returns><c>null</c> when nothing was counted.</returns>
    public Quantiles? Quantiles() => _total is 0 ? null : new(At(0.5), At(0.95), At(0.99));

    /// <summary>In milliseconds: the middle of the bucket in which it is.</summary>
    private double At(double quantile)
    {
        var rank = quantile * _total;
        var (bucket, upTo) = (0, _counts[0]);
        while (upTo < rank) upTo += _counts[++bucket];
        return Math.Round((TimeScale.BeginningOf(bucket) + TimeScale.BeginningOf(bucket + 1)) / 2, 4);
    }
}
