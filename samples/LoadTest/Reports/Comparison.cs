namespace Signaling.LoadTest.Reports;

/// <summary>One metric of this run beside that of an earlier one.</summary>
internal sealed record Comparison(Metric Metric, double Before, double Now)
{
    private const double Same = 0.005;

    /// <summary>Infinite when something came from nothing.</summary>
    public double Ratio => Before is 0 ? (Now is 0 ? 1 : double.PositiveInfinity) : Now / Before;

    public string Arrow => Math.Abs(Ratio - 1) < Same ? "=" : Ratio > 1 ? "▲" : "▼";

    /// <summary>Nothing when it is neither better nor worse.</summary>
    public bool? IsImprovement => Arrow is "=" || Metric.Better is Better.Neither ? null : Ratio > 1 == (Metric.Better is Better.Higher);

    /// <summary>All that both have measured; what is 0 in both tells nothing.</summary>
    public static IReadOnlyList<Comparison> Of(RunReport before, RunReport now) =>
    [
        .. from metric in Metric.All
           let old = metric.Read(before)
           let current = metric.Read(now)
           where old is not null && current is not null && (old is not 0 || current is not 0)
           select new Comparison(metric, old.Value, current.Value),
    ];
}
