namespace Signaling.Tests.Faults.Delivery;

/// <summary>What every client of a test has done and seen, by one monotonic clock. Thread-safe.</summary>
internal sealed class Ledger(TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly long _opened = (time ?? TimeProvider.System).GetTimestamp();
    private readonly Lock _gate = new();
    private readonly List<Sent> _sent = [];
    private readonly Dictionary<Message, Decided> _decided = [];
    private readonly List<Received> _received = [];
    private readonly Dictionary<string, Membership> _memberships = [];
    private readonly List<Rejoin> _rejoins = [];
    private readonly List<Departure> _departures = [];
    private readonly Dictionary<(string Room, string Client), RosterSeen> _rosters = [];
    private int _accepted;

    private TimeSpan Now => _time.GetElapsedTime(_opened);

    /// <summary>Clients that came back as a new peer instead of resuming.</summary>
    public IReadOnlyList<Rejoin> Rejoins
    {
        get
        {
            lock (_gate) return [.. _rejoins];
        }
    }

    public int AcceptedCount
    {
        get
        {
            lock (_gate) return _accepted;
        }
    }

    public void Joined(string room, string client, string peer)
    {
        lock (_gate) _memberships[peer] = new(room, client, peer);
    }

    public void Rejoined(string room, string client, string oldPeer, string newPeer)
    {
        lock (_gate)
        {
            End(oldPeer);
            _memberships[newPeer] = new(room, client, newPeer);
            _rejoins.Add(new(room, client, oldPeer, newPeer, Now));
        }
    }

    /// <summary>This client itself has left.</summary>
    public void Left(string room, string client, string peer)
    {
        lock (_gate)
        {
            End(peer);
            _rosters.Remove((room, client));
        }
    }

    public void Sent(Message message, string from, IReadOnlyList<string> to)
    {
        lock (_gate) _sent.Add(new(message, from, to, Now));
    }

    public void Accepted(Message message) => Decide(message, null);

    public void Refused(Message message, string code) => Decide(message, code);

    public void Received(Message message, string from, string client)
    {
        lock (_gate) _received.Add(new(message, from, client, Now));
    }

    /// <summary>A client was told that another peer has left.</summary>
    public void SawLeave(string room, string client, string peer, string reason)
    {
        lock (_gate) _departures.Add(new(room, client, peer, reason, Now));
    }

    /// <summary>Whom a client sees now; the last word counts.</summary>
    public void SawRoster(string room, string client, IReadOnlyList<string> peers)
    {
        lock (_gate) _rosters[(room, client)] = new(room, client, peers);
    }

    public Verdict Check()
    {
        lock (_gate)
        {
            return new LedgerChecker(
                [.. _sent], new Dictionary<Message, Decided>(_decided), [.. _received], new Dictionary<string, Membership>(_memberships), [.. _departures], [.. _rosters.Values])
                .Check();
        }
    }

    private void Decide(Message message, string? refusal)
    {
        lock (_gate)
        {
            _decided[message] = new(message, refusal, Now);
            if (refusal is null) _accepted++;
        }
    }

    private void End(string peer)
    {
        if (_memberships.TryGetValue(peer, out var membership)) _memberships[peer] = membership with { EndedAt = Now };
    }
}
