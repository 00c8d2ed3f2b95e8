namespace Signaling.Lab.Cli;

internal static class ExitCode
{
    public const int Done = 0;

    public const int LimitBroken = 1;

    /// <summary>Wrong arguments, no root, or a program is missing or does not start.</summary>
    public const int CannotRun = 2;

    /// <summary>As shells say it.</summary>
    public const int Interrupted = 130;
}
