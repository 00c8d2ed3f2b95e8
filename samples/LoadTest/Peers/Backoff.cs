namespace Signaling.LoadTest.Peers;

/// <summary>The protocol's delays between tries: random, doubling, capped.</summary>
internal static class Backoff
{
    private const double FirstSeconds = 0.5;
    private const double LongestSeconds = 30;

    public static TimeSpan Delay(int tries) =>
        TimeSpan.FromSeconds(Random.Shared.NextDouble() * Math.Min(FirstSeconds * Math.Pow(2, tries), LongestSeconds));
}
