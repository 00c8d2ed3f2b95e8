namespace Signaling.Lab.Proxies;

/// <summary>One direction of a proxy: its impairment, for all connections, to be changed at any time.</summary>
internal sealed class Lane
{
    private readonly Lock gate = new();
    private Impairment impairment = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long held;
    private long dropped;

    public Impairment Impairment
    {
        get
        {
            lock (gate) return impairment;
        }

        set
        {
            lock (gate)
            {
                impairment = value;
                changed.TrySetResult();
                changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Bytes that were read and not written yet.</summary>
    public long Held => Interlocked.Read(ref held);

    public long Dropped => Interlocked.Read(ref dropped);

    public void Drop(int bytes) => Interlocked.Add(ref dropped, bytes);

    public void Hold(int bytes) => Interlocked.Add(ref held, bytes);

    public Task ThawedAsync(CancellationToken cancellation) => UntilAsync(now => !now.Frozen, cancellation);

    /// <summary>Until news of a reset would get through.</summary>
    public Task ResetPassesAsync(CancellationToken cancellation) => UntilAsync(now => now is { Frozen: false, Drops: false }, cancellation);

    private async Task UntilAsync(Predicate<Impairment> wanted, CancellationToken cancellation)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (wanted(impairment)) return;
                change = changed.Task;
            }

            await change.WaitAsync(cancellation);
        }
    }
}
