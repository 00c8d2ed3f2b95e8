using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>The links to other regions.</summary>
internal sealed class RegionMetrics(MetricsRegistry registry)
{
    private readonly Histogram _roundTrip = registry.Histogram(
        "signaling_region_link_round_trip_seconds", "Round trip to the nodes of another region and back, through both backplanes, by the echoes in their beats.", MetricBuckets.RoundTrip, "region");

    public void RoundTrip(string region, TimeSpan time)
    {
        if (registry.IsOn) _roundTrip.WithLabels(region).Observe(time.TotalSeconds);
    }
}
