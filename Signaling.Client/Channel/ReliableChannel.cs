namespace Signaling.Client.Channel;

/// <summary>
/// One end of the channel between two peers (PROTOCOL.md, "The reliable channel"): exactly once and in order over a way that loses,
/// doubles and reorders.
/// </summary>
/// <remarks>
/// A pure state machine without clock, tasks or I/O: each call is told the time in milliseconds of any monotonic clock. After every
/// call, call <see cref="TryTakeNext"/> until it is <c>false</c>, and again at <see cref="NextTimer"/>. Not thread-safe.
/// channel-cases.json records its behaviour call by call; the TypeScript port replays the same cases.
/// </remarks>
/// <param name="acknowledged">Told of each signal that the other end has received.</param>
/// <param name="counts">Counts what is repaired.</param>
internal sealed class ReliableChannel<TPayload>(Action<TPayload>? acknowledged = null, ChannelCounts? counts = null) where TPayload : class
{
    private readonly SendWindow<TPayload> sending = new(acknowledged, counts);
    private readonly ReceiveWindow<TPayload> receiving = new(counts);

    /// <summary>When <see cref="TryTakeNext"/> has something next, once it has said <c>false</c>; <c>null</c> while the channel is idle.</summary>
    public long? NextTimer => sending.Deadline is not { } deadline ? receiving.AckDue
        : receiving.AckDue is not { } ack ? deadline
        : Math.Min(deadline, ack);

    /// <summary>Whether a signal would go out at once, ahead of none.</summary>
    public bool CanReserve => sending.CanReserve;

    /// <summary>What has not been sent yet, in order.</summary>
    public IReadOnlyList<TPayload> Waiting => sending.Waiting;

    /// <summary>What was sent and is not acknowledged, in order.</summary>
    public IEnumerable<TPayload> Sent => sending.Sent;

    /// <summary>How many signals are sent and not acknowledged.</summary>
    public int InFlight => sending.InFlight;

    /// <summary>How many arrived signals wait for one before them, or for room in the app.</summary>
    public int Held => receiving.Held;

    /// <summary>Queues a signal.</summary>
    /// <returns><c>false</c> when 256 are waiting or in flight.</returns>
    public bool TryEnqueue(TPayload payload) => sending.TryEnqueue(payload);

    /// <summary>Takes back a signal that was not sent yet.</summary>
    public bool Withdraw(TPayload payload) => sending.Withdraw(payload);

    /// <summary>Numbers a signal that goes out at once and by another way: the copies of a signal to the whole room.</summary>
    /// <returns>Its number; <c>null</c> when it would have to wait (<see cref="CanReserve"/>).</returns>
    public long? Reserve(TPayload payload, long now) => CanReserve ? sending.Reserve(payload, now) : null;

    /// <summary>Takes in what arrived from the other end.</summary>
    public void Receive(long? seq, long? ack, TPayload? payload, Func<TPayload, bool> deliver, long now)
    {
        if (ack is { } acknowledged) sending.Acknowledge(acknowledged, now);
        if (seq is { } number) receiving.Receive(number, payload, deliver, now);
        else if (payload is not null) deliver(payload);
    }

    /// <summary>The app has room again: delivers what was held for want of it.</summary>
    public void DeliverHeld(Func<TPayload, bool> deliver, long now) => receiving.Deliver(deliver, now);

    /// <summary>The connection is back: everything in flight is sent again.</summary>
    public void Reconnected(long now) => sending.RepeatAll(now);

    /// <summary>The hub did not take this one now: it is sent again.</summary>
    public void Postponed(long seq) => sending.Repeat(seq);

    /// <summary>The hub will never take this one: an empty signal goes in its place.</summary>
    public void Refused(long seq) => sending.Empty(seq);

    /// <summary>The next thing to send.</summary>
    public bool TryTakeNext(long now, out Frame<TPayload> frame)
    {
        if (sending.TryTake(now, out var seq, out var payload))
        {
            frame = new(seq, receiving.Last, payload);
            receiving.Acknowledged();
            return true;
        }

        if (receiving.AckDue <= now)
        {
            frame = new(null, receiving.Last, null);
            receiving.Acknowledged();
            return true;
        }

        frame = default;
        return false;
    }
}
