using Signaling.Lab.Regions;
using Signaling.Lab.Routing;
using Spectre.Console;

namespace Signaling.Lab.Cli;

/// <summary>What there is, and how to look at it.</summary>
internal sealed class Guide(IAnsiConsole console)
{
    public void Show(World world)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Regions");
        foreach (var name in (string[])["region", "nodes", "address by GeoDNS", "edge: Redis, resolver, BIRD", "clients"]) table.AddColumn(name);
        foreach (var region in world.Regions)
        {
            table.AddRow(
                region.Name, string.Join('\n', region.Nodes.Select(node => $"{node.Address}")), region.Where.Address, region.Where.EdgeAddress, region.Where.ClientAddress);
        }

        console.WriteLine();
        console.Write(table);
        console.WriteLine($"Everywhere the anycast address {RoutedNetwork.Service4}:{HubNode.Port} leads to the clients' own region. Look around, in another terminal:");
        foreach (var (command, what) in Commands(world.Regions[0], world.Regions[1])) console.MarkupLineInterpolated($"  {command}  [grey]# {what}[/]");
        console.WriteLine("Or type here: show, delay seoul-frankfurt=300ms, jitter 20ms, cut seoul>frankfurt, heal, --help. Ctrl+C takes everything down.");
    }

    private static IEnumerable<(string Command, string What)> Commands(LabRegion one, LabRegion other)
    {
        var (client, edge) = ($"ip netns exec {one.ClientPlace.Name}", $"ip netns exec {one.Edge.Name}");
        yield return ($"{client} curl -s http://{RoutedNetwork.Service4}:{HubNode.Port}/regions", "which region answers a client");
        yield return ($"{client} kdig @{one.Where.EdgeAddress} +subnet={other.Where.ClientAddress} {Resolver.ServiceName}", "where GeoDNS leads somebody");
        yield return ($"{edge} redis-cli --scan", "what a region's Redis holds");
        yield return ($"{edge} birdc -s {one.EdgeControl} show protocols", "how BGP is");
        yield return ($"{client} dotnet run --project samples/ConsolePeer -- math-101 --url http://{RoutedNetwork.Service4}:{HubNode.Port}/signaling", "a peer in a region; start one in each");
        yield return ($"ip netns exec {other.ClientPlace.Name} bash", "be a client of another region");
    }
}
