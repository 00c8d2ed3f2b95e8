namespace Signaling.LoadTest.Accounting;

/// <summary>Every signal from one sender to one receiver, each a number from 1. Not thread-safe by itself: lock it.</summary>
internal sealed class SignalStream(int sender, int receiver)
{
    private Bits accepted;
    private Bits refused;
    private Bits received;
    private long highest;

    public int Sender => sender;

    public int Receiver => receiver;

    public long Sent { get; private set; }

    public long Send() => ++Sent;

    public void Accept(long seq) => accepted.Add(seq);

    public void Refuse(long seq) => refused.Add(seq);

    public Arrival Receive(long seq)
    {
        if (seq < 1 || seq > Sent) return Arrival.Foreign;
        if (!received.Add(seq)) return Arrival.Duplicate;
        var late = seq < highest;
        highest = Math.Max(highest, seq);
        return late ? Arrival.Reordered : Arrival.First;
    }

    /// <summary>What became of a signal, once nothing more can arrive.</summary>
    public Fate FateOf(long seq, bool senderEnded, bool receiverEnded) =>
        received.Has(seq) ? Fate.Received
        : refused.Has(seq) ? Fate.Refused
        : receiverEnded ? Fate.Unaccountable
        : senderEnded && !accepted.Has(seq) ? Fate.Unaccountable
        : Fate.Lost;
}
