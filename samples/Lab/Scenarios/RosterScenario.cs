using Signaling.Lab.Regions;
using Signaling.Lab.Reports;

namespace Signaling.Lab.Scenarios;

/// <summary>How long it takes until the members in other regions see who has been welcomed.</summary>
internal sealed class RosterScenario : IScenario
{
    private const double OwnMs = 5;
    private const int WarmUp = 3;

    public string Name => "roster";

    public string Description => "from a join's welcome until the members in other regions see it, against the one-way delay";

    public async Task<IReadOnlyList<Check>> RunAsync(World world, Effort effort, CancellationToken cancellation)
    {
        var checks = new List<Check>();
        foreach (var region in world.Regions) checks.AddRange(await RunAsync(world, region, effort.Of(30, 10), cancellation));
        return checks;
    }

    private async Task<IEnumerable<Check>> RunAsync(World world, LabRegion region, int count, CancellationToken cancellation)
    {
        var room = $"roster-{region.Name}";
        var others = world.Others(region).ToArray();
        var watchers = await Task.WhenAll(others.Select(other => other.Agent.JoinAsync(other.Nodes[0].HubUrl, room, cancellation)));
        var times = others.Select(_ => new List<double>()).ToArray();
        for (var i = -WarmUp; i < count; i++)
        {
            var newcomer = await region.Agent.JoinAsync(region.Nodes[0].HubUrl, room, cancellation);
            var seen = await Task.WhenAll(watchers.Select(watcher => watcher.SightAsync(newcomer, cancellation)));
            for (var watcher = 0; i >= 0 && watcher < seen.Length; watcher++)
            {
                times[watcher].Add(TimeProvider.System.GetElapsedTime(newcomer.Joined.WelcomedAt, seen[watcher]).TotalMilliseconds);
            }

            await newcomer.LeaveAsync(cancellation);
        }

        foreach (var watcher in watchers) await watcher.LeaveAsync(cancellation);
        return others.Zip(times, (other, measured) => Judge(world.Ocean, region.Name, other.Name, measured));
    }

    private Check Judge(Ocean ocean, string from, string to, List<double> times)
    {
        var oneWay = ocean.OneWay(from, to).TotalMilliseconds;
        return Check.OfTimes(Name, $"{from}, seen in {to}", TimesReport.Of(times), oneWay, oneWay + ocean.Jitter.TotalMilliseconds + OwnMs);
    }
}
