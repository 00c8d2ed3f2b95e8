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

    /// <summary>In milliseconds; inside a bucket as if its times were spread evenly.</summary>
    private double At(double quantile)
    {
        var rank = quantile * _total;
        var before = 0L;
        for (var bucket = 0; ; bucket++)
        {
            var count = _counts[bucket];
            if (count is 0 || before + count < rank)
            {
                before += count;
                continue;
            }

            var (beginning, end) = (TimeScale.BeginningOf(bucket), TimeScale.BeginningOf(bucket + 1));
            return Math.Round(beginning + ((end - beginning) * (rank - before) / count), 3);
        }
    }
}
