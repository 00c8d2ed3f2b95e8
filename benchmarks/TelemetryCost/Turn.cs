using HdrHistogram;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>What one hub did in one turn.</summary>
/// <param name="Signals">How many it has relayed.</param>
/// <param name="Time">In which time.</param>
/// <param name="Processor">With how much of the processor.</param>
/// <param name="Latencies">From each signal's sending to its arrival, in microseconds.</param>
internal sealed record Turn(long Signals, TimeSpan Time, TimeSpan Processor, HistogramBase Latencies)
{
    public double PerSecond => Signals / Time.TotalSeconds;

    public double ProcessorMicroseconds => Processor.TotalMicroseconds / Signals;

    public double Microseconds(double percentile) => Latencies.GetValueAtPercentile(percentile);
}
