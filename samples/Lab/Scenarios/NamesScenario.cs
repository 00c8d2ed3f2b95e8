using System.Text.Json;
using Signaling.Lab.Clients;
using Signaling.Lab.Processes;
using Signaling.Lab.Regions;
using Signaling.Lab.Reports;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Scenarios;

/// <summary>Whether GeoDNS and anycast lead the clients of each region to it.</summary>
internal sealed class NamesScenario : IScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name => "names";

    public string Description => "where GeoDNS and anycast lead the clients of each region";

    public async Task<IReadOnlyList<Check>> RunAsync(World world, Effort effort, CancellationToken cancellation)
    {
        var astray = 0;
        foreach (var resolver in world.Regions)
        {
            foreach (var region in world.Regions)
            {
                if (await ResolveAsync(resolver, region.Where.ClientAddress) != region.Where.Address) astray++;
            }
        }

        return
        [
            new Check(Name, "GeoDNS: clients sent elsewhere", "", astray, 0, 0),
            await ReachAsync(world, "address by GeoDNS: others answer", region => region.Where.Address, cancellation),
            await ReachAsync(world, "anycast address: others answer", _ => RoutedNetwork.Service4, cancellation),
        ];
    }

    /// <summary>As a recursive resolver of that region asks for one of its clients.</summary>
    private static async Task<string> ResolveAsync(LabRegion resolver, string client) => (await resolver.ClientPlace.RunAsync(
        "kdig", $"@{resolver.Where.EdgeAddress}", "+short", $"+subnet={client}", Resolver.ServiceName, "A")).Trim();

    private async Task<Check> ReachAsync(World world, string what, Func<LabRegion, string> address, CancellationToken cancellation)
    {
        var elsewhere = 0;
        foreach (var region in world.Regions)
        {
            if (await AskAsync(region.Agent, address(region), cancellation) != region.Name) elsewhere++;
        }

        return new Check(Name, what, "", elsewhere, 0, 0);
    }

    /// <summary>The region that answers there, once BGP has told everyone.</summary>
    private static async Task<string?> AskAsync(AgentProcess agent, string address, CancellationToken cancellation)
    {
        var answer = "";
        await Eventually.TrueAsync(async () => (answer = await TryAskAsync(agent, address, cancellation)) is not null, $"{address} answers", Patience, cancellation);
        return answer;
    }

    private static async Task<string?> TryAskAsync(AgentProcess agent, string address, CancellationToken cancellation)
    {
        try
        {
            var list = await agent.AskAsync(new GetOrder(new Uri($"http://{address}:{HubNode.Port}/regions")), cancellation);
            return JsonElement.Parse(list.Text!).GetProperty("current").GetString();
        }
        catch (LabException)
        {
            return null;
        }
    }
}
