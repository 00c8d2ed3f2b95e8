using System.Runtime.InteropServices;

namespace Signaling.Lab.Regions;

/// <summary>The system's clock with timers that are late by some tenths of a millisecond at most, on a thread of their own. The runtime's own count whole milliseconds of a coarser clock.</summary>
internal sealed class PreciseTime : TimeProvider, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>From here on the thread looks again and again, since a monitor waits whole milliseconds.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMicroseconds(50);

    private readonly object gate = new();
    private readonly PriorityQueue<Alarm, long> queue = new();
    private readonly Thread thread;
    private bool stopped;

    public PreciseTime()
    {
        thread = new Thread(Run) { IsBackground = true, Name = "timers", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period > TimeSpan.Zero) return base.CreateTimer(callback, state, dueTime, period);
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
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

    private void Add(Alarm alarm, long due)
    {
        lock (gate)
        {
            queue.Enqueue(alarm, due);
            Monitor.Pulse(gate);
        }
    }

    private void Run()
    {
        while (NearlyDue()) _ = SleepMicroseconds((uint)Look.TotalMicroseconds);
    }

    /// <summary>Rings what is due, and waits until the next is nearly so; <c>false</c> when there will be none.</summary>
    private bool NearlyDue()
    {
        lock (gate)
        {
            while (!stopped)
            {
                var wait = queue.TryPeek(out var alarm, out var due) ? GetElapsedTime(GetTimestamp(), due) : LongestWait;
                if (alarm is not null && wait <= TimeSpan.Zero)
                {
                    queue.Dequeue();
                    alarm.Ring(due);
                    continue;
                }

                if (wait < Near) return true;
                Monitor.Wait(gate, (int)Math.Min(wait.TotalMilliseconds - 1, LongestWait.TotalMilliseconds));
            }

            return false;
        }
    }

    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SleepMicroseconds(uint microseconds);

    private sealed class Alarm(PreciseTime time, TimerCallback callback, object? state) : ITimer
    {
        private long current = -1;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                Interlocked.Exchange(ref current, -1);
                return true;
            }

            var due = time.GetTimestamp() + (long)(dueTime.TotalSeconds * time.TimestampFrequency);
            Interlocked.Exchange(ref current, due);
            time.Add(this, due);
            return true;
        }

        /// <summary>Unless it was changed or disposed since.</summary>
        public void Ring(long due)
        {
            if (Interlocked.CompareExchange(ref current, -1, due) == due) callback(state);
        }

        public void Dispose() => Interlocked.Exchange(ref current, -1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
