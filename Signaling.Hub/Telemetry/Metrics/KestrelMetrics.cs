using System.Diagnostics.Metrics;
using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>Kestrel's own instruments, those of this host, as Prometheus metrics without their addresses.</summary>
internal sealed class KestrelMetrics : IDisposable
{
    private const string Source = "Microsoft.AspNetCore.Server.Kestrel";

    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, Gauge> _gauges;
    private readonly Counter _rejected;
    private readonly Counter _failedHandshakes;
    private readonly Prometheus.Histogram _handshakes;

    public KestrelMetrics(MetricsRegistry registry, IMeterFactory host)
    {
        _gauges = new(StringComparer.Ordinal)
        {
            ["kestrel.active_connections"] = registry.Gauge("kestrel_connections", "TCP connections that are open."),
            ["kestrel.upgraded_connections"] = registry.Gauge("kestrel_upgraded_connections", "Connections that were upgraded to WebSockets."),
            ["kestrel.queued_connections"] = registry.Gauge("kestrel_queued_connections", "Connections that wait to be taken."),
            ["kestrel.queued_requests"] = registry.Gauge("kestrel_queued_requests", "HTTP requests that wait for a thread."),
            ["kestrel.active_tls_handshakes"] = registry.Gauge("kestrel_tls_handshakes", "TLS handshakes that are under way."),
        };
        foreach (var gauge in _gauges.Values) gauge.Set(0);
        _rejected = registry.Counter("kestrel_connections_rejected_total", "Connections that were turned away: Kestrel has as many as it may have.");
        _handshakes = registry.Histogram("kestrel_tls_handshake_seconds", "Time of TLS handshakes.", MetricBuckets.SetUp);
        _failedHandshakes = registry.Counter("kestrel_tls_handshakes_failed_total", "TLS handshakes that have failed.");
        if (registry.IsOn) Listen(host);
    }

    public void Dispose() => _listener.Dispose();

    private void Listen(IMeterFactory host)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Source && instrument.Meter.Scope == host) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>(Count);
        _listener.SetMeasurementEventCallback<double>(Measure);
        _listener.Start();
    }

    private void Count(Instrument instrument, long change, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name is "kestrel.rejected_connections") _rejected.Inc(change);
        else if (_gauges.TryGetValue(instrument.Name, out var gauge)) gauge.Inc(change);
    }

    private void Measure(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name is not "kestrel.tls_handshake.duration") return;
        _handshakes.Observe(seconds);
        foreach (var tag in tags)
        {
            if (tag.Key is "error.type") _failedHandshakes.Inc();
        }
    }
}
