using System.Collections.Concurrent;
using Signaling.LoadTest.Measuring;

namespace Signaling.LoadTest.Accounting;

/// <summary>Who sent what to whom, and what of it arrived. A session is known by its number.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<(int Sender, int Receiver), SignalStream> streams = new();

    public Counter Sent { get; } = new();

    public Counter Accepted { get; } = new();

    public Counter Refused { get; } = new();

    public Counter Received { get; } = new();

    public Counter Reordered { get; } = new();

    public Counter Foreign { get; } = new();

    public IncidentLog Incidents { get; } = new();

    /// <summary>Signals that may still arrive.</summary>
    public long InFlight => Math.Max(0, Sent.Value - Refused.Value - Received.Value);

    /// <summary>Numbers the next signal of a pair.</summary>
    public long Send(int sender, int receiver)
    {
        Sent.Add();
        var stream = streams.GetOrAdd((sender, receiver), static pair => new SignalStream(pair.Sender, pair.Receiver));
        lock (stream) return stream.Send();
    }

    public void Accept(int sender, int receiver, long seq)
    {
        if (!streams.TryGetValue((sender, receiver), out var stream)) return;
        Accepted.Add();
        lock (stream) stream.Accept(seq);
    }

    public void Refuse(int sender, int receiver, long seq)
    {
        if (!streams.TryGetValue((sender, receiver), out var stream)) return;
        Refused.Add();
        lock (stream) stream.Refuse(seq);
    }

    public Arrival Receive(int sender, int receiver, long seq)
    {
        var arrival = Arrival.Foreign;
        if (streams.TryGetValue((sender, receiver), out var stream))
        {
            lock (stream) arrival = stream.Receive(seq);
        }

        if (arrival is Arrival.Foreign) Foreign.Add();
        else if (arrival is Arrival.Duplicate) Incidents.Add(new Incident(Incident.Duplicate, sender, receiver, seq));
        else Received.Add();
        if (arrival is Arrival.Reordered) Reordered.Add();
        return arrival;
    }

    /// <summary>Closes the account: every signal that did not arrive is refused, unaccountable or lost.</summary>
    /// <param name="ended">Whether a session is over.</param>
    /// <returns>How many nobody can tell about.</returns>
    public long Settle(Predicate<int> ended)
    {
        var unaccountable = 0L;
        foreach (var stream in streams.Values)
        {
            var (senderEnded, receiverEnded) = (ended(stream.Sender), ended(stream.Receiver));
            lock (stream)
            {
                for (var seq = 1L; seq <= stream.Sent; seq++)
                {
                    var fate = stream.FateOf(seq, senderEnded, receiverEnded);
                    if (fate is Fate.Unaccountable) unaccountable++;
                    else if (fate is Fate.Lost) Incidents.Add(new Incident(Incident.Loss, stream.Sender, stream.Receiver, seq));
                }
            }
        }

        return unaccountable;
    }
}
