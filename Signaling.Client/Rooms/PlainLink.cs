using Microsoft.Extensions.Logging;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>The link to a peer that does not acknowledge signals: at most once, one after another.</summary>
internal sealed class PlainLink(object gate, string room, string peerId, HubSession session, TimeProvider time, ILogger logger)
    : PeerLink(gate, room, peerId, session, time, logger)
{
    private readonly Queue<OutgoingSignal> waiting = new();
    private OutgoingSignal? sending;

    public override void Receive(Signal signal, Func<Signal, bool> deliver)
    {
        lock (Gate)
        {
            if (signal is not { Description: null, Candidates: null, Data: null }) deliver(signal);
        }
    }

    public override void DeliverHeld(Func<Signal, bool> deliver)
    {
        // Nothing is held: what the app has no room for is lost.
    }

    public override void Pump()
    {
        OutgoingSignal next;
        lock (Gate)
        {
            if (!IsOpen || sending is not null || waiting.Count == 0) return;
            if (Session.PausedUntil > Now)
            {
                PumpAt(Session.PausedUntil);
                return;
            }

            next = sending = waiting.Peek();
        }

        _ = TransmitAsync(null, null, next);
    }

    protected override void Enqueue(OutgoingSignal signal) => waiting.Enqueue(signal);

    protected override bool Remove(OutgoingSignal signal)
    {
        if (signal == sending || !waiting.Contains(signal)) return false;
        var kept = waiting.Where(other => other != signal).ToArray();
        waiting.Clear();
        foreach (var other in kept) waiting.Enqueue(other);
        return true;
    }

    protected override IReadOnlyList<OutgoingSignal> TakeUnsent(Exception reason)
    {
        sending?.Fail(reason);
        return [.. waiting.Where(signal => signal != sending)];
    }

    protected override void Answered(long? seq, Answer answer)
    {
        sending = null;
        if (answer is Answer.Accepted or Answer.Refused) waiting.Dequeue();
    }
}
