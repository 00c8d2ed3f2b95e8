using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>Drains of this node.</summary>
internal sealed class DrainMetrics
{
    private readonly MetricsRegistry _registry;
    private readonly Counter _drains;
    private readonly Counter _moved;
    private readonly Counter _closed;

    public DrainMetrics(MetricsRegistry registry)
    {
        _registry = registry;
        _drains = registry.Counter("signaling_drains_total", "Drains that have begun.");
        _moved = registry.Counter("signaling_drain_connections_moved_total", "Connections that were open when a drain began and had gone at its end.");
        _closed = registry.Counter("signaling_drain_connections_closed_total", "Connections that were still open at a drain's deadline and were closed.");
    }

    public void Began()
    {
        if (_registry.IsOn) _drains.Inc();
    }

    public void Ended(int connections, int left)
    {
        if (!_registry.IsOn) return;
        _moved.Inc(Math.Max(0, connections - left));
        _closed.Inc(left);
    }
}
