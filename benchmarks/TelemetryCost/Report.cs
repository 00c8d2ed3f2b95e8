using System.Globalization;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>The hubs side by side. Absolute numbers are the machine's; the ratio to the first one, the median of the rounds' ratios, is what telemetry costs. What a hub that is the same differs by is noise.</summary>
internal static class Report
{
    public static void Print(IReadOnlyList<(string Name, IReadOnlyList<Turn> Turns)> hubs)
    {
        Console.WriteLine($"| median | {string.Join(" | ", hubs.Select(hub => hub.Name))} | {string.Join(" | ", hubs.Skip(1).Select(hub => $"{hub.Name} / {hubs[0].Name} (middle half)"))} |");
        Console.WriteLine($"|---|{string.Concat(Enumerable.Repeat("---|", (hubs.Count * 2) - 1))}");
        Print("signals a second", hubs, turn => turn.PerSecond);
        Print("hub's processor time per signal, µs", hubs, turn => turn.ProcessorMicroseconds);
        Print("latency p50, µs", hubs, turn => turn.Microseconds(50));
        Print("latency p99, µs", hubs, turn => turn.Microseconds(99));
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{hubs[0].Turns.Count} rounds, {hubs.Sum(hub => hub.Turns.Sum(turn => turn.Signals))} signals."));
    }

    private static void Print(string what, IReadOnlyList<(string Name, IReadOnlyList<Turn> Turns)> hubs, Func<Turn, double> of)
    {
        double[][] values = [.. hubs.Select(hub => hub.Turns.Select(of).ToArray())];
        var medians = values.Select(own => At(0.5, own).ToString("0", CultureInfo.InvariantCulture));
        var ratios = values.Skip(1).Select(own => Ratio([.. own.Zip(values[0], (with, without) => with / without)]));
        Console.WriteLine($"| {what} | {string.Join(" | ", medians.Concat(ratios))} |");
    }

    private static string Ratio(double[] ratios) => string.Create(CultureInfo.InvariantCulture, $"{At(0.5, ratios):0.000} ({At(0.25, ratios):0.000} to {At(0.75, ratios):0.000})");

    private static double At(double part, double[] values) => values.Order().ElementAt((int)Math.Min(values.Length - 1, part * values.Length));
}
