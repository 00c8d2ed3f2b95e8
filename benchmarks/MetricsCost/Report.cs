using System.Globalization;

namespace Signaling.Benchmarks.MetricsCost;

/// <summary>The two side by side. Absolute numbers are the machine's; the ratio, the median of the rounds' ratios, is the metrics'.</summary>
internal static class Report
{
    public static void Print(IReadOnlyList<(Turn On, Turn Off)> rounds)
    {
        Console.WriteLine("| | metrics on | metrics off | on / off, median | quartiles |");
        Console.WriteLine("|---|---|---|---|---|");
        Print("signals a second", rounds, turn => turn.PerSecond);
        Print("hub's processor time per signal, µs", rounds, turn => turn.ProcessorMicroseconds);
        Print("latency p50, µs", rounds, turn => turn.Microseconds(50));
        Print("latency p99, µs", rounds, turn => turn.Microseconds(99));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds.Count} rounds, {rounds.Sum(round => round.On.Signals + round.Off.Signals)} signals."));
    }

    private static void Print(string what, IReadOnlyList<(Turn On, Turn Off)> rounds, Func<Turn, double> of)
    {
        double[] ratios = [.. rounds.Select(round => of(round.On) / of(round.Off))];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {At(0.5, [.. rounds.Select(round => of(round.On))]):0} | {At(0.5, [.. rounds.Select(round => of(round.Off))]):0} | {At(0.5, ratios):0.000} | {At(0.25, ratios):0.000} to {At(0.75, ratios):0.000} |"));
    }

    private static double At(double part, double[] values)
    {
        Array.Sort(values);
        return values[(int)Math.Min(values.Length - 1, part * values.Length)];
    }
}
