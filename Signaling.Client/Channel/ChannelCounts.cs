namespace Signaling.Client.Channel;

/// <summary>What the channels of a client had to repair, until it is told to the hub. Thread-safe.</summary>
internal sealed class ChannelCounts
{
    private int retransmitted;
    private int duplicates;

    public void Retransmitted() => Interlocked.Increment(ref retransmitted);

    public void Duplicate() => Interlocked.Increment(ref duplicates);

    /// <summary>What has been counted since it was taken last.</summary>
    public (int Retransmitted, int Duplicates) Take() => (Interlocked.Exchange(ref retransmitted, 0), Interlocked.Exchange(ref duplicates, 0));

    /// <summary>What was taken was not told.</summary>
    public void GiveBack((int Retransmitted, int Duplicates) counts)
    {
        Interlocked.Add(ref retransmitted, counts.Retransmitted);
        Interlocked.Add(ref duplicates, counts.Duplicates);
    }
}
