using HdrHistogram;

namespace Signaling.LoadTest.Measuring;

/// <summary>A histogram of times, in whole microseconds from 1 µs to 1 h, to three significant digits. Any thread may record.</summary>
internal sealed class Times
{
    public const long HighestMicroseconds = 3_600_000_000;
    public const int Digits = 3;

    private readonly LongConcurrentHistogram histogram = new(1, HighestMicroseconds, Digits);

    public static HistogramBase Empty() => new LongHistogram(1, HighestMicroseconds, Digits);

    public void Record(TimeSpan time) =>
        histogram.RecordValue((long)Math.Clamp(time.TotalMicroseconds, 0, HighestMicroseconds));

    /// <summary>For a glance while it grows.</summary>
    public double? PercentileMs(double percentile) =>
        histogram.TotalCount is 0 ? null : histogram.GetValueAtPercentile(percentile) / 1000.0;

    public HistogramBase Snapshot()
    {
        var snapshot = Empty();
        snapshot.Add(histogram);
        return snapshot;
    }
}
