namespace Signaling.LoadTest;

/// <summary>How long the parts of a run took.</summary>
internal sealed record RunTimes(TimeSpan Ramp, TimeSpan Run, TimeSpan Drain, bool Interrupted);
