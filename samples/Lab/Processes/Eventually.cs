namespace Signaling.Lab.Processes;

/// <summary>Waits for what announces itself by no event: the state of another process, a count.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? patience = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, patience);

    /// <exception cref="TimeoutException">It has not come true in time; the message says what.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(start) > (patience ?? Patience)) throw new TimeoutException($"Waited {patience ?? Patience} in vain: {what}.");
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
