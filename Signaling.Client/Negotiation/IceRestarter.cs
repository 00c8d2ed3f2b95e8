using Signaling.Client.Connection;

namespace Signaling.Client.Negotiation;

/// <summary>
/// Decides when to restart ICE: when the connection has failed, when it was disconnected for a while, and when the network has changed; then again, with growing
/// delays, until it is connected or eight did not help. What both ends see, the impolite one repairs, whose offer holds in glare; the polite one follows when
/// nothing has come of that.
/// </summary>
/// <param name="polite">Whether this end lets the other go first.</param>
/// <param name="restart">Begins a restart; told whether the one before did not help.</param>
/// <param name="gaveUp">Told that no restart has helped.</param>
/// <param name="time">The clock.</param>
/// <param name="backoff">What a restart gets beyond its least time.</param>
internal sealed class IceRestarter(bool polite, Action<bool> restart, Action gaveUp, TimeProvider time, ReconnectPolicy backoff) : IDisposable
{
    /// <summary>Most restarts in a row; with their delays, a good minute.</summary>
    public const int MostTries = 8;

    /// <summary>The least time that a restart gets before the next one: gathering and checks take a while.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a lost path may come back by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>By how much the polite side lets the other go first, so that one restart does for both.</summary>
    public static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2.5);

    /// <summary>A change of the network often comes as several.</summary>
    public static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(1);

    /// <summary>How long after a resume a loss of the path is put down to what cut the connection to the hub.</summary>
    public static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(20);

    private readonly object gate = new();
    private readonly TimeSpan head = polite ? Courtesy : TimeSpan.Zero;
    private PeerConnectionState state;
    private ITimer? timer;
    private long? dueAt;
    private long? lastAt;
    private long doubtUntil = long.MinValue;
    private int tries;
    private Action? toDo;
    private bool disposed;

    private long Now => time.Milliseconds();

    private bool IsLost => state is PeerConnectionState.Failed or PeerConnectionState.Disconnected;

    public void Changed(PeerConnectionState now) => Decide(() =>
    {
        state = now;
        if (state is PeerConnectionState.Connected or PeerConnectionState.Closed) Rest();
        else if (IsLost && Now < doubtUntil) Doubt();
        else if (IsLost && tries == 0) Within(state is PeerConnectionState.Failed ? head : head + Grace);
    });

    /// <summary>Restarts now, with all tries ahead.</summary>
    public void Restart() => Decide(() =>
    {
        if (state is PeerConnectionState.Closed) return;
        Rest();
        Try();
    });

    /// <summary>The network has changed. A connection that has not begun needs nothing.</summary>
    public void NetworkChanged() => Decide(() =>
    {
        if (state is not PeerConnectionState.New) Doubt();
    });

    /// <summary>What cut the connection to the hub may have cut the path too, which is slower to notice.</summary>
    public void Resumed() => Decide(() =>
    {
        if (IsLost) Doubt();
        else doubtUntil = Now + (long)Aftermath.TotalMilliseconds;
    });

    /// <summary>The peer can be reached again.</summary>
    public void PeerReturned() => Decide(() =>
    {
        if (!IsLost) return;
        Rest();
        Within(head);
    });

    /// <summary>The other side has restarted: that gets its time.</summary>
    public void OtherRestarted() => Decide(() =>
    {
        if (state is PeerConnectionState.Connected || dueAt is null) return;
        tries++;
        GoOn();
    });

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Rest();
        }
    }

    private void Decide(Action change)
    {
        Action? now;
        lock (gate)
        {
            if (disposed) return;
            change();
            (now, toDo) = (toDo, null);
        }

        now?.Invoke();
    }

    /// <summary>This end knows that the path is in doubt, the other may not.</summary>
    private void Doubt()
    {
        if (state is PeerConnectionState.Closed) return;
        doubtUntil = long.MinValue;
        Rest();
        After(lastAt is { } last ? LeastGap - TimeSpan.FromMilliseconds(Now - last) : TimeSpan.Zero, Try);
    }

    private void Within(TimeSpan delay)
    {
        if (dueAt is null || Now + delay.TotalMilliseconds < dueAt) After(delay, Try);
    }

    private void Try()
    {
        lastAt = Now;
        var again = tries++ > 0;
        GoOn();
        toDo = () => restart(again);
    }

    private void GoOn() => After(Patience + backoff.DelayBefore(tries - 1), () =>
    {
        // A restart of a connection that holds does not show in its state.
        if (state is PeerConnectionState.Connected) Rest();
        else if (tries < MostTries) Try();
        else toDo = gaveUp;
    });

    private void Rest()
    {
        timer?.Dispose();
        (timer, dueAt, tries) = (null, null, 0);
    }

    private void After(TimeSpan delay, Action act)
    {
        timer?.Dispose();
        (timer, dueAt) = (null, null);
        if (delay <= TimeSpan.Zero)
        {
            act();
            return;
        }

        dueAt = Now + (long)delay.TotalMilliseconds;
        ITimer? own = null;
        timer = own = time.CreateTimer(_ => Decide(() => Due(own, act)), null, delay, Timeout.InfiniteTimeSpan);
    }

    private void Due(ITimer? own, Action act)
    {
        // One that another has taken the place of may still come in.
        if (timer != own) return;
        dueAt = null;
        act();
    }
}
