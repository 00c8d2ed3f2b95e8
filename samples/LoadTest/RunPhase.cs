namespace Signaling.LoadTest;

internal enum RunPhase
{
    Ramp,
    Run,
    Drain,
    Over,
}
