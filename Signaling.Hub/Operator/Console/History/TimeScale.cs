using System.Numerics;

namespace Signaling.Hub.Operator.Console.History;

/// <summary>Buckets for times, eight to each doubling from a microsecond on: the same on every node, so that counts can be added up and quantiles taken afterwards, to within 7 %.</summary>
internal static class TimeScale
{
    private const int Octaves = 30; // Up to 18 minutes.
    private const int PerOctave = 8;
    private const int Shift = 3;

    public const int Buckets = Octaves * PerOctave;

    public static int BucketOf(TimeSpan time)
    {
        var microseconds = (ulong)Math.Clamp(time.TotalMicroseconds, 1, (1UL << Octaves) - 1);
        var octave = BitOperations.Log2(microseconds);
        return (octave * PerOctave) + (int)((microseconds << Shift) >> octave) - PerOctave;
    }

    /// <summary>Where a bucket begins, in milliseconds; it ends where the next one begins.</summary>
    public static double BeginningOf(int bucket) => Math.ScaleB(PerOctave + (bucket % PerOctave), (bucket / PerOctave) - Shift) / 1000;
}
