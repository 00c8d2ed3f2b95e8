using Microsoft.Extensions.Logging;
using Signaling.Client.Channel;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>The link to a peer that acknowledges signals: exactly once, in order.</summary>
internal sealed class ReliableLink(object gate, string room, string peerId, HubSession session, TimeProvider time, ILogger logger)
    : PeerLink(gate, room, peerId, session, time, logger)
{
    // A hub that does not answer gets no more repetitions piled on top.
    private const int MostUnanswered = 2 * SendWindow<OutgoingSignal>.Size;

    private static readonly OutgoingSignal Empty = new() { TraceParent = null };

    private readonly ReliableChannel<Parcel> channel = new();
    private readonly Queue<Parcel> overflow = new();
    private int unanswered;

    /// <summary>Whether a signal would go out at once. Call under the lock.</summary>
    public bool CanReserve => IsOpen && overflow.Count == 0 && channel.CanReserve;

    /// <summary>Numbers a signal that goes out with one to the whole room. Call under the lock.</summary>
    public long? Reserve(OutgoingSignal signal) => channel.Reserve(new(signal, null), Now);

    /// <summary>The hub's answer to a signal to the whole room, as far as it concerns this peer's copy.</summary>
    public void AnsweredForRoom(long seq, bool willNeverTake)
    {
        lock (Gate) Apply(seq, willNeverTake ? Answer.Refused : Answer.Postponed);
        Pump();
    }

    public override void Receive(Signal signal, Func<Signal, bool> deliver)
    {
        lock (Gate)
        {
            if (Closed is not null) return;
            var parcel = signal is { Description: null, Candidates: null, Data: null } ? null : new Parcel(null, signal);
            channel.Receive(signal.Seq, signal.Ack, parcel, arrived => deliver(arrived.Incoming!), Now);
        }

        Pump();
    }

    public override void DeliverHeld(Func<Signal, bool> deliver)
    {
        lock (Gate)
        {
            if (Closed is not null || channel.Held == 0) return;
            channel.DeliverHeld(arrived => deliver(arrived.Incoming!), Now);
        }

        Pump();
    }

    public override void Pump()
    {
        var frames = new List<Frame<Parcel>>();
        lock (Gate)
        {
            if (!IsOpen) return;
            if (Session.PausedUntil > Now)
            {
                PumpAt(Session.PausedUntil);
                return;
            }

            while (overflow.Count > 0 && channel.TryEnqueue(overflow.Peek())) overflow.Dequeue();
            while (unanswered < MostUnanswered && channel.TryTakeNext(Now, out var frame))
            {
                if (frame.Seq is not null) unanswered++;
                frames.Add(frame);
            }

            PumpAt(unanswered < MostUnanswered ? channel.NextTimer : null);
        }

        foreach (var frame in frames)
        {
            _ = frame.Seq is null ? AcknowledgeAsync(frame.Ack) : TransmitAsync(frame.Seq, frame.Ack, frame.Payload?.Outgoing ?? Empty);
        }
    }

    protected override void Enqueue(OutgoingSignal signal) => overflow.Enqueue(new(signal, null));

    protected override bool Remove(OutgoingSignal signal)
    {
        var parcel = channel.Waiting.Concat(overflow).FirstOrDefault(waiting => waiting.Outgoing == signal);
        if (parcel is null || channel.Withdraw(parcel)) return parcel is not null;
        var kept = overflow.Where(waiting => waiting != parcel).ToArray();
        overflow.Clear();
        foreach (var waiting in kept) overflow.Enqueue(waiting);
        return true;
    }

    protected override IReadOnlyList<OutgoingSignal> TakeUnsent(Exception reason)
    {
        foreach (var sent in channel.Sent) sent.Outgoing!.Fail(reason);
        return [.. channel.Waiting.Concat(overflow).Select(waiting => waiting.Outgoing!)];
    }

    protected override void Answered(long? seq, Answer answer)
    {
        unanswered--;
        Apply(seq!.Value, answer);
    }

    private void Apply(long seq, Answer answer)
    {
        if (answer is Answer.Postponed) channel.Postponed(seq);
        if (answer is Answer.Refused) channel.Refused(seq);
    }

    /// <summary>One channel carries both directions; a payload is one or the other.</summary>
    private sealed record Parcel(OutgoingSignal? Outgoing, Signal? Incoming);
}
