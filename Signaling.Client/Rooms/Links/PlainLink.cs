using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>The link to a peer that does not acknowledge signals: one after another, and again only where the connection ended before the hub's answer.</summary>
internal sealed class PlainLink(Room room, string peerId) : PeerLink(room, peerId)
{
    private readonly List<OutgoingSignal> waiting = [];
    private Transmission? sending;

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
        Transmission next;
        lock (Gate)
        {
            // The answer may still come over a connection that this client is about to leave.
            if (sending is { Session.Ended.IsCompleted: false } || waiting.Count == 0) return;
            if (Session is not { } session || IsPaused(session)) return;
            next = sending = new(session, null, waiting[0]);
        }

        _ = TransmitAsync(next, null);
    }

    protected override void Enqueue(OutgoingSignal signal) => waiting.Add(signal);

    protected override bool Remove(OutgoingSignal signal) => signal != sending?.Content && waiting.Remove(signal);

    protected override void RepeatSent()
    {
        // What is open is still the first in line.
    }

    protected override IReadOnlyList<OutgoingSignal> TakeUnsent(Exception reason)
    {
        sending?.Content.Fail(reason);
        return [.. waiting.Where(signal => signal != sending?.Content)];
    }

    protected override void Answered(Transmission transmission, Answer answer)
    {
        if (sending == transmission) sending = null;
        if (answer is Answer.Accepted or Answer.Refused) waiting.Remove(transmission.Content);
    }
}
