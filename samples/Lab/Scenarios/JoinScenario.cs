using Signaling.Lab.Clients;
using Signaling.Lab.Regions;
using Signaling.Lab.Reports;

namespace Signaling.Lab.Scenarios;

/// <summary>Whether joining a room whose members are all in other regions crosses no ocean, and still tells who is there.</summary>
internal sealed class JoinScenario : IScenario
{
    /// <summary>Of the shortest way across the sea. A join that waits for an answer from there takes twice all of it.</summary>
    private const double MostOfACrossing = 0.25;
    private const int WarmUp = 5;

    public string Name => "join";

    public string Description => "joins of a room whose members are all in other regions, against joins of one whose members are here";

    public async Task<IReadOnlyList<Check>> RunAsync(World world, Effort effort, CancellationToken cancellation)
    {
        var checks = new List<Check>();
        foreach (var region in world.Regions) checks.AddRange(await RunAsync(world, region, effort.Of(50, 15), cancellation));
        return checks;
    }

    private async Task<IReadOnlyList<Check>> RunAsync(World world, LabRegion region, int count, CancellationToken cancellation)
    {
        var (farRoom, nearRoom) = ($"join-{region.Name}-far", $"join-{region.Name}-near");
        var far = await PopulateAsync(farRoom, [.. world.Others(region)], region, cancellation);
        var near = await PopulateAsync(nearRoom, [region, region], region, cancellation);

        var (farTimes, nearTimes, incomplete) = (new List<double>(), new List<double>(), 0);
        for (var i = -WarmUp; i < count; i++)
        {
            var (one, other) = (await JoinAndLeaveAsync(region, farRoom, cancellation), await JoinAndLeaveAsync(region, nearRoom, cancellation));
            if (i < 0) continue;
            farTimes.Add(Took(one));
            nearTimes.Add(Took(other));
            if (!far.All(member => one.Roster.Contains(member.Id))) incomplete++;
        }

        foreach (var member in far.Concat(near)) await member.LeaveAsync(cancellation);
        return Judge(world, region, TimesReport.Of(farTimes), TimesReport.Of(nearTimes), incomplete);
    }

    /// <summary>Has a member join in each of those regions, and waits until somebody who comes here sees them all.</summary>
    private static async Task<IReadOnlyList<LabPeer>> PopulateAsync(string room, IReadOnlyList<LabRegion> homes, LabRegion region, CancellationToken cancellation)
    {
        var members = new List<LabPeer>();
        foreach (var home in homes) members.Add(await home.Agent.JoinAsync(home.Nodes[0].HubUrl, room, cancellation));
        var scout = await region.Agent.JoinAsync(region.Nodes[0].HubUrl, room, cancellation);
        foreach (var member in members) await scout.SightAsync(member, cancellation);
        await scout.LeaveAsync(cancellation);
        return members;
    }

    private static async Task<JoinAnswer> JoinAndLeaveAsync(LabRegion region, string room, CancellationToken cancellation)
    {
        var peer = await region.Agent.JoinAsync(region.Nodes[0].HubUrl, room, cancellation);
        await peer.LeaveAsync(cancellation);
        return peer.Joined;
    }

    private static double Took(JoinAnswer join) => TimeProvider.System.GetElapsedTime(join.BeganAt, join.WelcomedAt).TotalMilliseconds;

    private IReadOnlyList<Check> Judge(World world, LabRegion region, TimesReport far, TimesReport near, int incomplete)
    {
        var crossing = world.Others(region).Min(other => world.Ocean.OneWay(region.Name, other.Name)).TotalMilliseconds;
        return
        [
            Check.OfTimes(Name, $"{region.Name}: members elsewhere", far, near.P50, near.P50 + (MostOfACrossing * crossing)) with
            {
                Note = FormattableString.Invariant($"a room with members here takes {near.P50:0.00} ms, p99 {near.P99:0.00} ms; the next region is {crossing:0.#} ms away"),
            },
            new Check(Name, $"{region.Name}: welcomes without a member", "", incomplete, 0, 0),
        ];
    }
}
