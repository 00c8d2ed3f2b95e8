namespace Signaling.LoadTest.Cli;

internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Wrong arguments, an unreadable file, or no hub to connect to.</summary>
    public const int CannotRun = 1;

    public const int ThresholdBroken = 99;
}
