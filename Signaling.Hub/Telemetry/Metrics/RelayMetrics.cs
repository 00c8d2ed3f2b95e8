using Prometheus;
using Signaling.Contracts;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>Signals on their way through the hub. On the path of each one: nothing here allocates or looks up a label.</summary>
internal sealed class RelayMetrics
{
    private readonly MetricsRegistry _registry;
    private readonly TimeProvider _time;
    private readonly Counter.Child[][] _relayed;
    private readonly Histogram.Child[] _latency;
    private readonly Histogram _inbox;
    private readonly Counter.Child _unreachable;
    private readonly Counter.Child _notInRoom;

    public RelayMetrics(MetricsRegistry registry, TimeProvider time)
    {
        (_registry, _time) = (registry, time);
        var relayed = registry.Counter("signaling_signals_relayed_total", "Signals handed on, one for each receiver, by what they carry and the way they took.", "kind", "path");
        var latency = registry.Histogram("signaling_signal_relay_seconds", "From a signal's arrival from its sender to its being in the receiver's outbox, or published for the receiver's node.", MetricBuckets.Inside, "path");
        var undelivered = registry.Counter("signaling_signals_undelivered_total", "Signals to one peer that could not be handed on.", "reason");
        _relayed = [.. Enum.GetValues<SignalKind>().Select(kind => Enum.GetValues<SignalPath>().Select(path => relayed.WithLabels(MetricLabels.Of(kind), MetricLabels.Of(path))).ToArray())];
        _latency = [.. Enum.GetValues<SignalPath>().Select(path => latency.WithLabels(MetricLabels.Of(path)))];
        _inbox = registry.Histogram("signaling_signal_inbox_seconds", "From a signal's arrival from another node to its being in the receiver's outbox.", MetricBuckets.Inside);
        _unreachable = undelivered.WithLabels("unreachable");
        _notInRoom = undelivered.WithLabels("not-in-room");
    }

    /// <summary>The beginning of a measurement.</summary>
    public long Now => _registry.IsOn ? _time.GetTimestamp() : 0;

    public void Relayed(Signal signal, SignalPath path, long began, int receivers = 1)
    {
        if (!_registry.IsOn) return;
        _relayed[(int)KindOf(signal)][(int)path].Inc(receivers);
        _latency[(int)path].Observe(_time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>What another node has sent is with those whom this node holds.</summary>
    public void Delivered(long began)
    {
        if (_registry.IsOn) _inbox.Observe(_time.GetElapsedTime(began).TotalSeconds);
    }

    public void Unreachable()
    {
        if (_registry.IsOn) _unreachable.Inc();
    }

    public void NotInRoom()
    {
        if (_registry.IsOn) _notInRoom.Inc();
    }

    private static SignalKind KindOf(Signal signal) =>
        signal.Description is { } description ? KindOf(description.Type)
        : signal.Candidates is not null ? SignalKind.Candidates
        : signal.Data is not null ? SignalKind.Data
        : SignalKind.Ack;

    private static SignalKind KindOf(SdpType type) => type switch
    {
        SdpType.Offer => SignalKind.Offer,
        SdpType.Answer => SignalKind.Answer,
        _ => SignalKind.Rollback,
    };
}

/// <summary>What a signal carries.</summary>
internal enum SignalKind
{
    Offer,
    Answer,
    Rollback,
    Candidates,
    Data,

    /// <summary>Nothing but numbers of the reliable channel.</summary>
    Ack,
}

/// <summary>The way of a signal.</summary>
internal enum SignalPath
{
    /// <summary>To a socket of the same node.</summary>
    Local,

    /// <summary>To another node of the region.</summary>
    Node,

    /// <summary>To a node of another region.</summary>
    Region,
}
