using Signaling.Lab.Regions;
using Signaling.Lab.Reports;

namespace Signaling.Lab.Scenarios;

/// <summary>Whether other regions slow down those who have nothing to do with them.</summary>
internal sealed class NearScenario : IScenario
{
    private const double MostRatio = 1.1;
    private const int WarmUp = 300;
    private const int BatchSize = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(4);

    public string Name => "near";

    public string Description => "signals inside a region, with the others far away, against the same nodes as the only region";

    public async Task<IReadOnlyList<Check>> RunAsync(World world, Effort effort, CancellationToken cancellation)
    {
        var region = world.Region(Routing.Region.SeoulName);
        await using var lone = await LoneRegion.StartAsync(region, cancellation);
        await using var one = await BeginAsync(region, region.Nodes, cancellation);
        await using var other = await BeginAsync(region, lone.Nodes, cancellation);
        foreach (var conversation in (Conversation[])[one, other]) await conversation.TalkAsync(WarmUp, Interval, cancellation);

        var (among, alone) = (new List<double>(), new List<double>());
        for (var round = 0; round < effort.Of(40, 10); round++)
        {
            // At the same time, signal by signal: what else the machine does meets both alike. Who begins is a little better or worse off, so they take turns.
            var (first, second) = round % 2 is 0 ? (one, other) : (other, one);
            var times = await Task.WhenAll(MeasureAsync(first, cancellation), MeasureAsync(second, cancellation));
            (first == one ? among : alone).AddRange(times[0]);
            (second == one ? among : alone).AddRange(times[1]);
        }

        return [Compare(region.Name, TimesReport.Of(among), TimesReport.Of(alone))];
    }

    private static Task<IReadOnlyList<double>> MeasureAsync(Conversation conversation, CancellationToken cancellation) =>
        conversation.One.SendAsync(conversation.Other, BatchSize, Interval, cancellation);

    private static Task<Conversation> BeginAsync(LabRegion region, IReadOnlyList<HubNode> nodes, CancellationToken cancellation) =>
        Conversation.BeginAsync("near", (region.Agent, nodes[0].HubUrl), (region.Agent, nodes[1].HubUrl), cancellation);

    private Check Compare(string region, TimesReport among, TimesReport alone) => new(Name, $"{region}: among three regions / alone", "×", among.P50 / alone.P50, 1, MostRatio)
    {
        Note = FormattableString.Invariant($"medians of {among.P50:0.00} and {alone.P50:0.00} ms, p99 {among.P99:0.00} and {alone.P99:0.00} ms, {among.Count:N0} signals each, side by side"),
    };
}
