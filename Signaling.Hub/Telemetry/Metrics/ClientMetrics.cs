using Microsoft.Extensions.Options;
using Prometheus;
using Signaling.Contracts;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>What clients tell with their pings. They may lie: what is out of bounds counts as the bound.</summary>
internal sealed class ClientMetrics
{
    private const double MostMilliseconds = 60_000;

    private readonly MetricsRegistry _registry;
    private readonly Histogram.Child _roundTrip;
    private readonly Counter _retransmissions;
    private readonly Counter _duplicates;

    public ClientMetrics(MetricsRegistry registry, IOptions<SignalingOptions> options)
    {
        _registry = registry;
        _roundTrip = registry.Histogram("signaling_client_round_trip_seconds", "Round trip between clients and this node, as clients measure it with their pings, by the region of the node.", MetricBuckets.RoundTrip, "region")
            .WithLabels(options.Value.Region);
        _retransmissions = registry.Counter("signaling_retransmissions_total", "Signals that clients have sent again because no acknowledgement came, as they tell with their pings.");
        _duplicates = registry.Counter("signaling_duplicates_removed_total", "Signals that had arrived before and that clients have dropped, as they tell with their pings.");
    }

    public void Pinged(Ping ping)
    {
        if (!_registry.IsOn) return;
        if (ping.RoundTripMs is >= 0 and { } roundTrip) _roundTrip.Observe(Math.Min(roundTrip, MostMilliseconds) / 1000);
        Count(_retransmissions, ping.Retransmitted);
        Count(_duplicates, ping.Duplicates);
    }

    private static void Count(Counter counter, int? told)
    {
        if (told > 0) counter.Inc(Math.Min(told.Value, SignalingLimits.MaxCountPerPing));
    }
}
