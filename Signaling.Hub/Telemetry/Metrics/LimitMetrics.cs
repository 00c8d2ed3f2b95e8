using Prometheus;
using Signaling.Contracts;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>What the hub refuses, and which limits that was for.</summary>
internal sealed class LimitMetrics
{
    private readonly MetricsRegistry _registry;
    private readonly IReadOnlyDictionary<Limit, Counter.Child> _hits;
    private readonly IReadOnlyDictionary<ErrorCode, Counter.Child> _refusals;

    public LimitMetrics(MetricsRegistry registry)
    {
        _registry = registry;
        var hits = registry.Counter("signaling_limit_hits_total", "Times that a limit was hit.", "limit");
        var refusals = registry.Counter("signaling_refusals_total", "Connections and calls that were refused, by the code that the client got.", "code");
        _hits = MetricLabels.Each<Limit, Counter.Child>(limit => hits.WithLabels(limit));
        _refusals = MetricLabels.Each<ErrorCode, Counter.Child>(code => refusals.WithLabels(code));
    }

    public void Hit(Limit limit)
    {
        if (_registry.IsOn) _hits[limit].Inc();
    }

    public void Refused(ErrorCode code)
    {
        if (!_registry.IsOn) return;
        _refusals[code].Inc();
        if (LimitOf(code) is { } limit) Hit(limit);
    }

    private static Limit? LimitOf(ErrorCode code) => code switch
    {
        ErrorCode.RateLimited => Limit.Invocations,
        ErrorCode.MessageTooLarge => Limit.MessageSize,
        ErrorCode.RoomFull => Limit.RoomCapacity,
        ErrorCode.TooManyRooms => Limit.RoomsPerConnection,
        _ => null,
    };
}

/// <summary>A limit that clients can hit.</summary>
internal enum Limit
{
    /// <summary>New connections per second.</summary>
    Connects,

    /// <summary>Invocations per second of one connection.</summary>
    Invocations,

    /// <summary>The size of a message.</summary>
    MessageSize,

    /// <summary>Messages that wait for a slow reader.</summary>
    Outbox,

    /// <summary>Peers in a room.</summary>
    RoomCapacity,

    /// <summary>Rooms of one connection.</summary>
    RoomsPerConnection,
}
