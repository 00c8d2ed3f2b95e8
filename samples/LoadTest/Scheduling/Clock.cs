namespace Signaling.LoadTest.Scheduling;

/// <summary>The machine's monotonic clock, the same for every process on it.</summary>
internal sealed class Clock(TimeProvider time)
{
    public TimeProvider Time => time;

    /// <summary>Time since the clock's origin.</summary>
    public TimeSpan Now => time.GetElapsedTime(0);
}
