using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Telemetry;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Ice.Reports;

/// <summary>What one hub measures, as <c>name value tag=value …</c>.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _lines = new();

    public Measured(InProcessHub hub)
    {
        var factory = hub.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SignalingTelemetry.MeterName && ReferenceEquals(instrument.Meter.Scope, factory)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Take);
        _listener.SetMeasurementEventCallback<long>(Take);
        _listener.SetMeasurementEventCallback<double>(Take);
        _listener.Start();
    }

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Reads the gauges.</summary>
    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Take<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{instrument.Name} {value}");
        foreach (var (name, tag) in tags) line += string.Create(CultureInfo.InvariantCulture, $" {name}={tag}");
        _lines.Enqueue(line);
    }
}
