using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>The ways into rooms.</summary>
internal sealed class JoinMetrics
{
    private readonly MetricsRegistry _registry;
    private readonly TimeProvider _time;
    private readonly IReadOnlyDictionary<JoinKind, Counter.Child> _joins;
    private readonly IReadOnlyDictionary<JoinKind, Histogram.Child> _times;

    public JoinMetrics(MetricsRegistry registry, TimeProvider time)
    {
        (_registry, _time) = (registry, time);
        var joins = registry.Counter("signaling_joins_total", "Peers that were welcomed to a room.", "kind");
        var times = registry.Histogram("signaling_join_seconds", "From the request to join to the welcome.", MetricBuckets.Inside, "kind");
        _joins = MetricLabels.Each<JoinKind, Counter.Child>(kind => joins.WithLabels(kind));
        _times = MetricLabels.Each<JoinKind, Histogram.Child>(kind => times.WithLabels(kind));
    }

    /// <param name="kind">How.</param>
    /// <param name="began">When it was asked for, a timestamp of the clock.</param>
    public void Joined(JoinKind kind, long began)
    {
        if (!_registry.IsOn) return;
        _joins[kind].Inc();
        _times[kind].Observe(_time.GetElapsedTime(began).TotalSeconds);
    }
}

/// <summary>How a peer came into a room.</summary>
internal enum JoinKind
{
    /// <summary>As a new peer.</summary>
    New,

    /// <summary>As the peer that it was.</summary>
    Resume,

    /// <summary>As a new peer, since it could not resume the one that it was.</summary>
    Rejoin,
}
