using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>This node among others: its lease, its canary, and the Redis under both.</summary>
internal sealed class NodeMetrics
{
    private readonly MetricsRegistry _registry;
    private readonly TimeProvider _time;
    private readonly Histogram _redis;
    private readonly Histogram _canary;
    private readonly Counter _canaryMisses;
    private readonly Counter _leasesLost;
    private readonly Counter _nodesLost;

    public NodeMetrics(MetricsRegistry registry, TimeProvider time)
    {
        (_registry, _time) = (registry, time);
        _redis = registry.Histogram("signaling_redis_round_trip_seconds", "Round trip of one command to the region's Redis, at each renewal of the lease.", MetricBuckets.RoundTrip);
        _canary = registry.Histogram("signaling_canary_seconds", "From a node's publishing a message for itself to its arrival through the backplane.", MetricBuckets.RoundTrip);
        _canaryMisses = registry.Counter("signaling_canary_misses_total", "Canaries that were published and did not arrive.");
        _leasesLost = registry.Counter("signaling_leases_lost_total", "Times that this node lost its lease and went on under a new id.");
        _nodesLost = registry.Counter("signaling_nodes_lost_total", "Nodes of the region that this node has seen losing their lease.");
    }

    public void LeaseRenewed(long began)
    {
        if (_registry.IsOn) _redis.Observe(_time.GetElapsedTime(began).TotalSeconds);
    }

    public void CanaryArrived(long began)
    {
        if (_registry.IsOn) _canary.Observe(_time.GetElapsedTime(began).TotalSeconds);
    }

    public void CanaryMissed()
    {
        if (_registry.IsOn) _canaryMisses.Inc();
    }

    public void LeaseLost()
    {
        if (_registry.IsOn) _leasesLost.Inc();
    }

    public void NodeLost()
    {
        if (_registry.IsOn) _nodesLost.Inc();
    }
}
