namespace Signaling.Client.Channel;

/// <summary>The receiving end: puts signals in order, drops duplicates, and says when to acknowledge.</summary>
/// <param name="counts">Counts the duplicates.</param>
internal sealed class ReceiveWindow<TPayload>(ChannelCounts? counts = null) where TPayload : class
{
    /// <summary>Signals beyond the last delivered one by more than this are dropped.</summary>
    public const int Size = 32;

    private const int AckDelay = 50;
    private const int AckEvery = 8;

    private readonly Dictionary<long, TPayload?> held = [];
    private int unacknowledged;

    /// <summary>How many signals wait for one before them, or for room in the app.</summary>
    public int Held => held.Count;

    /// <summary>Up to which everything was delivered.</summary>
    public long Last { get; private set; }

    /// <summary>When to acknowledge, unless a signal to the other end has done so by then.</summary>
    public long? AckDue { get; private set; }

    /// <param name="seq">Position in the other end's stream.</param>
    /// <param name="payload">Its content; <c>null</c> where the hub refused it.</param>
    /// <param name="deliver">Takes what is next in order; <c>false</c> when the app has no room for it now.</param>
    /// <param name="now">Milliseconds on any monotonic clock.</param>
    public void Receive(long seq, TPayload? payload, Func<TPayload, bool> deliver, long now)
    {
        var duplicate = seq <= Last;
        if (duplicate || held.ContainsKey(seq)) counts?.Duplicate();
        if (!duplicate && seq <= Last + Size && !held.ContainsKey(seq)) held.Add(seq, payload);
        Deliver(deliver, now);
        if (duplicate || seq > Last) AckDue = now;
    }

    /// <summary>Delivers what was held and is next in order.</summary>
    public void Deliver(Func<TPayload, bool> deliver, long now)
    {
        var before = Last;
        while (held.TryGetValue(Last + 1, out var next) && (next is null || deliver(next)))
        {
            held.Remove(++Last);
            unacknowledged++;
        }

        if (Last == before) return;
        var due = unacknowledged < AckEvery ? now + AckDelay : now;
        AckDue = AckDue < due ? AckDue : due;
    }

    /// <summary>An acknowledgement is on its way.</summary>
    public void Acknowledged() => (AckDue, unacknowledged) = (null, 0);
}
