namespace Signaling.Client.Channel;

/// <summary>The sending end: numbers signals, keeps them until they are acknowledged, and says when to send them again.</summary>
/// <param name="acknowledged">Told of each signal that has arrived.</param>
/// <param name="counts">Counts what is sent again.</param>
internal sealed class SendWindow<TPayload>(Action<TPayload>? acknowledged = null, ChannelCounts? counts = null) where TPayload : class
{
    /// <summary>Most signals that are sent and not acknowledged.</summary>
    public const int Size = 32;

    /// <summary>Most signals that are waiting or in flight.</summary>
    public const int Capacity = 256;

    private readonly List<Transmission> inFlight = [];
    private readonly List<TPayload> waiting = [];
    private readonly RetransmissionTimeout timeout = new();
    private long lastSeq;

    /// <summary>When nothing is acknowledged until then, all that is in flight is sent again.</summary>
    public long? Deadline { get; private set; }

    public bool CanReserve => waiting.Count == 0 && inFlight.Count < Size;

    public int InFlight => inFlight.Count;

    public IEnumerable<TPayload> Sent => inFlight.Select(sent => sent.Payload).OfType<TPayload>();

    public IReadOnlyList<TPayload> Waiting => waiting;

    public bool TryEnqueue(TPayload payload)
    {
        if (waiting.Count + inFlight.Count >= Capacity) return false;
        waiting.Add(payload);
        return true;
    }

    /// <summary>Takes back a signal that is still waiting its turn.</summary>
    public bool Withdraw(TPayload payload) => waiting.Remove(payload);

    /// <summary>Numbers a signal that the caller sends itself, now.</summary>
    public long Reserve(TPayload payload, long now)
    {
        var sent = new Transmission(++lastSeq, payload) { SentAt = now, Times = 1 };
        inFlight.Add(sent);
        Deadline ??= now + timeout.Milliseconds;
        return sent.Seq;
    }

    /// <summary>Drops what is acknowledged. An acknowledgement of what was never sent is ignored.</summary>
    public void Acknowledge(long ack, long now)
    {
        var count = inFlight.FindIndex(sent => sent.Seq == ack) + 1;
        if (count == 0) return;

        // Karn's rule: the acknowledgement of a signal that was sent twice does not tell which of the two it answers.
        if (inFlight[count - 1] is { Times: 1 } newest) timeout.Sample(now - newest.SentAt);
        var arrived = inFlight.GetRange(0, count);
        inFlight.RemoveRange(0, count);
        timeout.Reset();
        Deadline = inFlight.Count > 0 ? now + timeout.Milliseconds : null;
        foreach (var sent in arrived)
        {
            if (sent.Payload is { } payload) acknowledged?.Invoke(payload);
        }
    }

    /// <summary>Sends everything in flight again at once.</summary>
    public void RepeatAll(long now)
    {
        foreach (var sent in inFlight) sent.Due = true;
        if (inFlight.Count > 0) Deadline = now + timeout.Milliseconds;
    }

    /// <summary>Sends one signal again at once.</summary>
    public void Repeat(long seq)
    {
        if (Find(seq) is { } sent) sent.Due = true;
    }

    /// <summary>Sends an empty signal in place of one that will never be accepted, so that the stream goes on.</summary>
    public void Empty(long seq)
    {
        if (Find(seq) is not { } sent) return;
        sent.Payload = null;
        sent.Due = true;
    }

    public bool TryTake(long now, out long seq, out TPayload? payload)
    {
        if (Deadline <= now)
        {
            timeout.Double();
            RepeatAll(now);
        }

        if (inFlight.Find(sent => sent.Due) is { } again)
        {
            again.Due = false;
            again.Times++;
            counts?.Retransmitted();
            (seq, payload) = (again.Seq, again.Payload);
            return true;
        }

        if (waiting.Count > 0 && inFlight.Count < Size)
        {
            payload = waiting[0];
            waiting.RemoveAt(0);
            seq = Reserve(payload, now);
            return true;
        }

        (seq, payload) = (0, null);
        return false;
    }

    private Transmission? Find(long seq) => inFlight.Find(sent => sent.Seq == seq);

    private sealed class Transmission(long seq, TPayload payload)
    {
        public long Seq => seq;

        public TPayload? Payload { get; set; } = payload;

        public long SentAt { get; init; }

        public int Times { get; set; }

        public bool Due { get; set; }
    }
}
