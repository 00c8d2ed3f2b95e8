using HdrHistogram;
using Signaling.LoadTest.Measuring;

namespace Signaling.LoadTest.Reports;

/// <summary>A histogram to read (milliseconds) and to add up (<see cref="Histogram"/>).</summary>
internal sealed record HistogramReport
{
    private const double MicrosecondsPerMs = 1000;
    private const int TicksPerHalfDistance = 4;

    public required long Count { get; init; }

    public double? Min { get; init; }

    public double? Mean { get; init; }

    public double? P50 { get; init; }

    public double? P90 { get; init; }

    public double? P99 { get; init; }

    public double? P999 { get; init; }

    public double? Max { get; init; }

    /// <summary>The curve, finer towards the end: how many values were at most so large.</summary>
    public IReadOnlyList<PercentileReport> Percentiles { get; init; } = [];

    /// <summary>HdrHistogram's compressed V2 encoding in base 64, in microseconds.</summary>
    public required string Histogram { get; init; }

    public static HistogramReport Of(HistogramBase values)
    {
        var report = new HistogramReport { Count = values.TotalCount, Histogram = HistogramText.Encode(values) };
        if (values.TotalCount is 0) return report;
        return report with
        {
            Min = values.RecordedValues().First().ValueIteratedTo / MicrosecondsPerMs,
            Mean = values.GetMean() / MicrosecondsPerMs,
            P50 = At(values, 50),
            P90 = At(values, 90),
            P99 = At(values, 99),
            P999 = At(values, 99.9),
            Max = values.GetMaxValue() / MicrosecondsPerMs,
            Percentiles =
            [
                .. values.Percentiles(TicksPerHalfDistance)
                    .Select(step => new PercentileReport(step.PercentileLevelIteratedTo, step.ValueIteratedTo / MicrosecondsPerMs, step.TotalCountToThisValue)),
            ],
        };
    }

    /// <exception cref="FormatException">One of them is not HdrHistogram's encoding.</exception>
    public HistogramReport Add(HistogramReport other)
    {
        var sum = Times.Empty();
        sum.Add(HistogramText.Decode(Histogram));
        sum.Add(HistogramText.Decode(other.Histogram));
        return Of(sum);
    }

    private static double At(HistogramBase values, double percentile) => values.GetValueAtPercentile(percentile) / MicrosecondsPerMs;
}
