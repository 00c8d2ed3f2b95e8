namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>Upper bounds of histograms, in seconds. Each has 100 ms, the bar for a signal.</summary>
internal static class MetricBuckets
{
    /// <summary>Work inside a node: from tens of microseconds, dense below 10 ms.</summary>
    public static double[] Inside { get; } = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

    /// <summary>A round trip over a network: from a rack to the other side of the world.</summary>
    public static double[] RoundTrip { get; } = [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5];

    /// <summary>What takes several round trips of a client.</summary>
    public static double[] SetUp { get; } = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30];
}
