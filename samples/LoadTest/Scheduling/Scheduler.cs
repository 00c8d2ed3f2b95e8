namespace Signaling.LoadTest.Scheduling;

/// <summary>Runs all that is due on one thread of its own, so that neither the number of peers nor a busy thread pool makes it late.</summary>
internal sealed class Scheduler : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly Clock clock;
    private readonly object gate = new();
    private readonly PriorityQueue<Action<TimeSpan>, (TimeSpan Due, long Order)> queue = new();
    private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread thread;
    private long order;
    private bool stopped;

    public Scheduler(Clock clock)
    {
        this.clock = clock;
        thread = new Thread(Run) { IsBackground = true, Name = "schedule" };
        thread.Start();
    }

    /// <summary>Fails when scheduled work threw; never completes otherwise.</summary>
    public Task Failure => failed.Task;

    /// <summary>Runs the work at that time, or at once when it is past. The work is told when it was due, not when it ran.</summary>
    public void At(TimeSpan due, Action<TimeSpan> work)
    {
        lock (gate)
        {
            var first = !queue.TryPeek(out _, out var next) || due < next.Due;
            queue.Enqueue(work, (due, order++));
            if (first) Monitor.Pulse(gate);
        }
    }

    /// <summary>Completes at that time.</summary>
    public Task UntilAsync(TimeSpan due, CancellationToken cancellation = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        At(due, _ => reached.TrySetResult());
        return reached.Task.WaitAsync(cancellation);
    }

    public void Dispose()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
    }

    private void Run()
    {
        try
        {
            while (Next() is var (work, due)) work(due);
        }
        catch (Exception failure)
        {
            failed.TrySetException(failure);
        }
    }

    private (Action<TimeSpan> Work, TimeSpan Due)? Next()
    {
        lock (gate)
        {
            while (!stopped)
            {
                var wait = queue.TryPeek(out var work, out var next) ? next.Due - clock.Now : LongestWait;
                if (work is not null && wait <= TimeSpan.Zero)
                {
                    queue.Dequeue();
                    return (work, next.Due);
                }

                Monitor.Wait(gate, (int)Math.Ceiling(Math.Min(wait.TotalMilliseconds, LongestWait.TotalMilliseconds)));
            }

            return null;
        }
    }
}
