using Signaling.Lab.Regions;
using Signaling.Lab.Reports;

namespace Signaling.Lab.Scenarios;

/// <summary>Whether a signal to another region takes one ocean crossing and hardly more.</summary>
internal sealed class AcrossScenario : IScenario
{
    private const double OwnMs = 3;
    private const int WarmUp = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public string Name => "across";

    public string Description => "signals between each two regions, against the one-way delay";

    public async Task<IReadOnlyList<Check>> RunAsync(World world, Effort effort, CancellationToken cancellation)
    {
        var checks = new List<Check>();
        foreach (var (from, to) in world.Ways.Where(way => way.From.Where.Number < way.To.Where.Number))
        {
            await using var conversation = await Conversation.BeginAsync(
                $"across-{from.Name}-{to.Name}", (from.Agent, from.Nodes[0].HubUrl), (to.Agent, to.Nodes[0].HubUrl), cancellation);
            await conversation.TalkAsync(WarmUp, Interval, cancellation);
            var (there, back) = await conversation.TalkAsync(effort.Of(300, 100), Interval, cancellation);
            checks.Add(Judge(world.Ocean, from.Name, to.Name, there));
            checks.Add(Judge(world.Ocean, to.Name, from.Name, back));
        }

        return checks;
    }

    private Check Judge(Ocean ocean, string from, string to, IReadOnlyList<double> latencies)
    {
        var oneWay = ocean.OneWay(from, to).TotalMilliseconds;
        return Check.OfTimes(Name, $"{from} → {to}", TimesReport.Of(latencies), oneWay, oneWay + ocean.Jitter.TotalMilliseconds + OwnMs);
    }
}
