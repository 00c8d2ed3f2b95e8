using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.LoadTest.Cli;

/// <summary>Every connection is an open file, and a process may have so many.</summary>
internal static partial class FileLimit
{
    private const string Limits = "/proc/self/limits";

    /// <summary>What the runtime itself has open, generously.</summary>
    private const int Own = 300;

    public static string? ProblemWith(int peers) => Read() is { } limit && peers > limit - Own
        ? $"is at most {limit - Own} here, as this process may open {limit} files: " +
          "raise 'ulimit -n', or run several processes and add up their reports with 'sum'."
        : null;

    private static int? Read() =>
        File.Exists(Limits) && SoftLimit().Match(File.ReadAllText(Limits)) is { Success: true } match
        && int.TryParse(match.Groups["soft"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;

    [GeneratedRegex(@"^Max open files\s+(?<soft>[0-9]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SoftLimit();
}
