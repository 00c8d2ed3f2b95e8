using HdrHistogram;
using Signaling.LoadTest.Measuring;

namespace Signaling.Lab.Reports;

/// <summary>Measured times, in milliseconds.</summary>
internal sealed record TimesReport(long Count, double Min, double P50, double P99, double Max)
{
    private const double MicrosecondsPerMs = 1000;

    public static TimesReport Of(IEnumerable<double> milliseconds)
    {
        var times = new Times();
        foreach (var ms in milliseconds) times.Record(TimeSpan.FromMilliseconds(ms));
        var values = times.Snapshot();
        return new TimesReport(values.TotalCount, At(values, 0), At(values, 50), At(values, 99), At(values, 100));
    }

    private static double At(HistogramBase values, double percentile) => values.GetValueAtPercentile(percentile) / MicrosecondsPerMs;
}
