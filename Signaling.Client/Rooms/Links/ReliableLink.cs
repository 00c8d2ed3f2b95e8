using Signaling.Client.Channel;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>The link to a peer that acknowledges signals: exactly once, in order.</summary>
internal sealed class ReliableLink(Room room, string peerId) : PeerLink(room, peerId)
{
    // A hub that does not answer gets no more repetitions piled on top.
    private const int MostUnanswered = 2 * SendWindow<OutgoingSignal>.Size;

    private static readonly OutgoingSignal Empty = new() { TraceParent = null };

    // What has arrived was accepted, whatever became of the hub's answer.
    private readonly ReliableChannel<Parcel> channel = new(parcel => parcel.Outgoing!.Accept(), room.Repairs);
    private readonly Queue<Parcel> overflow = new();
    private HubSession? last;
    private int unanswered;

    /// <summary>Whether a signal would go out at once. Call under the lock.</summary>
    public bool CanReserve => Session is not null && overflow.Count == 0 && channel.CanReserve;

    /// <summary>Numbers a signal that goes out with one to the whole room. Call under the lock.</summary>
    public long? Reserve(OutgoingSignal signal) => channel.Reserve(new(signal, null), Now);

    /// <summary>The hub's answer to a signal to the whole room, as far as it concerns this peer's copy.</summary>
    public void AnsweredForRoom(long seq, SignalingException refusal)
    {
        lock (Gate)
        {
            if (refusal.Code is ErrorCode.PeerUnreachable) Unreachable(refusal);
            Apply(seq, refusal.Action is ErrorAction.Retry or ErrorAction.RetryLater ? Answer.Postponed : Answer.Refused);
        }

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
        HubSession session;
        lock (Gate)
        {
            if (Session is not { } open || IsPaused(open)) return;
            session = open;
            Count(session);
            var most = IsProbing ? 1 : MostUnanswered;
            while (overflow.Count > 0 && channel.TryEnqueue(overflow.Peek())) overflow.Dequeue();
            while (unanswered < most && channel.TryTakeNext(Now, out var frame))
            {
                if (frame.Seq is not null) unanswered++;
                frames.Add(frame);
            }

            PumpAt(unanswered < most ? channel.NextTimer : null);
        }

        foreach (var frame in frames)
        {
            _ = frame.Seq is null
                ? AcknowledgeAsync(session, frame.Ack)
                : TransmitAsync(new(session, frame.Seq, frame.Payload?.Outgoing ?? Empty), frame.Ack);
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

    protected override void RepeatSent() => channel.Reconnected(Now);

    protected override IReadOnlyList<OutgoingSignal> TakeUnsent(Exception reason)
    {
        foreach (var sent in channel.Sent) sent.Outgoing!.Fail(reason);
        return [.. channel.Waiting.Concat(overflow).Select(waiting => waiting.Outgoing!)];
    }

    protected override void Answered(Transmission transmission, Answer answer)
    {
        if (transmission.Session == last) unanswered--;
        Apply(transmission.Seq!.Value, answer);
    }

    /// <summary>Answers over the connections before may never come.</summary>
    private void Count(HubSession session)
    {
        if (last != session) (last, unanswered) = (session, 0);
    }

    private void Apply(long seq, Answer answer)
    {
        if (answer is Answer.Postponed) channel.Postponed(seq);
        if (answer is Answer.Refused) channel.Refused(seq);
    }

    /// <summary>One channel carries both directions; a payload is one or the other.</summary>
    private sealed record Parcel(OutgoingSignal? Outgoing, Signal? Incoming);
}
