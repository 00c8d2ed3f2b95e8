namespace Signaling.Hub.Operator.Console.History;

/// <summary>Counts times, from any thread, on the path of each signal: nothing here allocates or waits.</summary>
internal sealed class LiveBuckets
{
    private readonly int[] _counts = new int[TimeScale.Buckets];

    public void Add(TimeSpan time) => Interlocked.Increment(ref _counts[TimeScale.BucketOf(time)]);

    /// <summary>What was counted since the last time: pairs of a bucket and its count, without those that are empty.</summary>
    public int[] Take()
    {
        var taken = new List<int>();
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            if (Interlocked.Exchange(ref _counts[bucket], 0) is > 0 and var count) taken.AddRange([bucket, count]);
        }

        return [.. taken];
    }
}
