namespace Signaling.Client.Connection;

/// <summary>What the client needs of time, alike on every target framework.</summary>
internal static class Clock
{
    /// <summary>Milliseconds of a monotonic clock.</summary>
    public static long Milliseconds(this TimeProvider time) => (long)time.GetElapsedTime(0).TotalMilliseconds;

    public static Task WaitAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) =>
#if NET
        Task.Delay(delay, time, cancellationToken);
#else
        time.Delay(delay, cancellationToken);
#endif

    public static CancellationTokenSource CancelAfter(this TimeProvider time, TimeSpan delay) =>
#if NET
        new(delay, time);
#else
        time.CreateCancellationTokenSource(delay);
#endif

    /// <summary>Waits for a task that cannot be cancelled itself.</summary>
    public static Task OrCancelled(this Task task, CancellationToken cancellationToken) =>
        task.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
}
