using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.LoadTest.Reports;

/// <summary>A bound on one metric, such as <c>p99&lt;20ms</c> or <c>lost=0</c>.</summary>
internal sealed partial record Threshold(string Text, Metric Metric, string Comparison, double Limit)
{
    /// <exception cref="FormatException">It is not of that form; the message says what is wrong.</exception>
    public static Threshold Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            throw new FormatException($"'{text}' is no threshold; write it like p99<20ms, join.p90<=1.5s, lost=0 or rate>=1000.");
        }

        var name = match.Groups["metric"].Value;
        var metric = Metric.Find(name)
            ?? throw new FormatException($"'{name}' is no metric. There are: {string.Join(", ", Metric.All.Select(known => known.Alias))}.");
        return new Threshold(text, metric, match.Groups["comparison"].Value, LimitOf(match, metric, text));
    }

    /// <summary>A metric that was not measured breaks its threshold: nothing shows that it holds.</summary>
    public Verdict Judge(RunReport report)
    {
        var actual = Metric.Read(report);
        return new Verdict(Text, actual, actual is { } value && Holds(value));
    }

    private bool Holds(double value) => Comparison switch
    {
        "<" => value < Limit,
        "<=" => value <= Limit,
        ">" => value > Limit,
        ">=" => value >= Limit,
        "!=" => value != Limit,
        _ => value == Limit,
    };

    private static double LimitOf(Match match, Metric metric, string text)
    {
        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        return (metric.Unit, match.Groups["unit"].Value) switch
        {
            (_, "") => number,
            (MetricUnit.Milliseconds, "us" or "µs") => number / 1000,
            (MetricUnit.Milliseconds, "ms") => number,
            (MetricUnit.Milliseconds, "s") => number * 1000,
            (MetricUnit.PerSecond, "/s") => number,
            _ => throw new FormatException($"'{text}': {metric.Alias} is not measured in {match.Groups["unit"].Value}."),
        };
    }

    [GeneratedRegex(
        @"^\s*(?<metric>[A-Za-z][A-Za-z0-9.-]*)\s*(?<comparison><=|>=|==|!=|<|>|=)\s*(?<number>[0-9]+(\.[0-9]+)?)\s*(?<unit>us|µs|ms|s|/s)?\s*$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
