using System.Globalization;

namespace Signaling.Tests.Faults.Endurance;

/// <summary>How long the tests run that can run for any time; <c>./test --soak</c> asks for the long version.</summary>
internal static class Soak
{
    public const string Category = "Soak";

    private static readonly string? Minutes = Environment.GetEnvironmentVariable("SIGNALING_SOAK_MINUTES");

    public static TimeSpan Time => Minutes is null ? TimeSpan.FromSeconds(25) : TimeSpan.FromMinutes(double.Parse(Minutes, CultureInfo.InvariantCulture));

    public static int JoinRounds => Minutes is null ? 300 : 20_000;

    /// <summary>How long regions are cut from each other.</summary>
    public static TimeSpan Cut => TimeSpan.FromSeconds(Minutes is null ? 8 : 60);

    /// <summary>Of everything random; a run with the same seed does the same things in the same order.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("SIGNALING_SOAK_SEED") is { Length: > 0 } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    /// <summary>Shows a line at once, and in the report.</summary>
    public static void Say(string line) => TestContext.Progress.WriteLine(line);
}
