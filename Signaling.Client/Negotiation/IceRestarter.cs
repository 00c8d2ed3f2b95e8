namespace Signaling.Client.Negotiation;

/// <summary>Restarts ICE when a connection has failed: at once, then with growing delays for as long as it does not connect.</summary>
/// <param name="restart">Begins a restart.</param>
/// <param name="time">The clock.</param>
/// <param name="backoff">What a restart gets beyond its least time.</param>
internal sealed class IceRestarter(Action restart, TimeProvider time, ReconnectPolicy backoff) : IDisposable
{
    /// <summary>The least time that a restart gets before the next one: gathering and checks take a while.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private ITimer? timer;
    private int restarts;
    private bool disposed;

    public void Changed(PeerConnectionState state)
    {
        lock (gate)
        {
            if (state is PeerConnectionState.Connected or PeerConnectionState.Closed) Stop();
            if (state is not PeerConnectionState.Failed || timer is not null || disposed) return;
            timer = time.CreateTimer(Again, null, NextDelay(), Timeout.InfiniteTimeSpan);
        }

        restart();
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            Stop();
        }
    }

    private void Stop()
    {
        timer?.Dispose();
        timer = null;
        restarts = 0;
    }

    private void Again(object? _)
    {
        lock (gate)
        {
            if (timer is null) return;
            timer.Change(NextDelay(), Timeout.InfiniteTimeSpan);
        }

        restart();
    }

    private TimeSpan NextDelay() => Patience + backoff.DelayBefore(restarts++);
}
