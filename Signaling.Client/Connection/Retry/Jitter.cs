namespace Signaling.Client;

/// <summary>Random numbers from 0 to 1, from any thread.</summary>
internal static class Jitter
{
#if NET
    public static double Next() => Random.Shared.NextDouble();
#else
    private static readonly Random Source = new(Guid.NewGuid().GetHashCode());

    public static double Next()
    {
        lock (Source) return Source.NextDouble();
    }
#endif
}
