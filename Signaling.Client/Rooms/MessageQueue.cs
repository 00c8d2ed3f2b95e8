using System.Runtime.CompilerServices;

namespace Signaling.Client.Rooms;

/// <summary>
/// A bounded queue between the connection and the app. Full and without a reader it drops its oldest; full with a reader it refuses, so
/// that the sender is slowed down.
/// </summary>
/// <param name="gate">The lock that guards it, shared with its owner.</param>
/// <param name="freed">Called outside the lock when a full queue has room again.</param>
/// <param name="dropped">Called when one was dropped.</param>
internal sealed class MessageQueue<T>(object gate, Action freed, Action dropped)
{
    public const int Capacity = 256;

    private readonly Queue<T> items = new();
    private TaskCompletionSource<bool> changed = NewSignal();
    private int readers;
    private bool completed;

    /// <summary>How often it was restarted. Call under the lock.</summary>
    public int Epoch { get; private set; }

    /// <summary>Call under the lock.</summary>
    public bool TryAdd(T item)
    {
        if (completed) return true;
        if (items.Count >= Capacity)
        {
            if (readers > 0) return false;
            items.Dequeue();
            dropped();
        }

        items.Enqueue(item);
        Pulse();
        return true;
    }

    /// <summary>Nothing more comes; readers get what there is and end. Call under the lock.</summary>
    public void Complete()
    {
        completed = true;
        Pulse();
    }

    /// <summary>Forgets what there is and ends the readers of now; later ones begin afresh. Call under the lock.</summary>
    public void Restart()
    {
        items.Clear();
        Epoch++;
        Pulse();
    }

    /// <param name="of">The epoch to read; <c>null</c> for that of now.</param>
    /// <param name="taken">Makes of each what the reader gets.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<T> ReadAllAsync(int? of = null, Func<T, T>? taken = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int begun;
        lock (gate)
        {
            begun = of ?? Epoch;
            readers++;
        }

        try
        {
            while (true)
            {
                Task wait;
                var (found, item, wasFull) = (false, default(T)!, false);
                lock (gate)
                {
                    if (Epoch != begun) yield break;
                    if (items.Count > 0) (found, wasFull, item) = (true, items.Count >= Capacity, items.Dequeue());
                    else if (completed) yield break;
                    wait = changed.Task;
                }

                if (wasFull) freed();
                if (found) yield return taken is null ? item : taken(item);
                else await wait.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (gate) readers--;
        }
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Pulse()
    {
        if (readers == 0) return;
        changed.TrySetResult(true);
        changed = NewSignal();
    }
}
