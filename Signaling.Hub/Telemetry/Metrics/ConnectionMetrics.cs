using Prometheus;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>Client connections: how many come, how long it takes, and how they end.</summary>
internal sealed class ConnectionMetrics
{
    /// <summary>A connection that has lived so long was a good one: its end is not that of a client which can't connect.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(10);

    private readonly MetricsRegistry _registry;
    private readonly TimeProvider _time;
    private readonly Counter _opened;
    private readonly Histogram _setUp;
    private readonly IReadOnlyDictionary<ConnectionEnd, Counter.Child> _endedYoung;
    private readonly IReadOnlyDictionary<ConnectionEnd, Counter.Child> _endedOld;

    public ConnectionMetrics(MetricsRegistry registry, TimeProvider time)
    {
        (_registry, _time) = (registry, time);
        _opened = registry.Counter("signaling_connections_opened_total", "Client connections that the hub has taken.");
        _setUp = registry.Histogram("signaling_connection_setup_seconds", "From the connect request to the connection being taken: upgrade, handshake, token.", MetricBuckets.SetUp);
        var ended = registry.Counter("signaling_connections_ended_total", "Client connections that have ended, by how, and whether they had lasted 10 minutes.", "end", "age");
        _endedYoung = MetricLabels.Each<ConnectionEnd, Counter.Child>(end => ended.WithLabels(end, "under_10m"));
        _endedOld = MetricLabels.Each<ConnectionEnd, Counter.Child>(end => ended.WithLabels(end, "over_10m"));
    }

    public void Opened(Session session)
    {
        if (!_registry.IsOn) return;
        _opened.Inc();
        if (session.RequestedAt > 0) _setUp.Observe(_time.GetElapsedTime(session.RequestedAt, session.OpenedAt).TotalSeconds);
    }

    public void Ended(Session session, ConnectionEnd end)
    {
        if (!_registry.IsOn) return;
        var ended = _time.GetElapsedTime(session.OpenedAt) < Old ? _endedYoung : _endedOld;
        ended[end].Inc();
    }
}
