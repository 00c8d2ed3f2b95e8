using System.Globalization;
using Signaling.Lab.Processes;

namespace Signaling.Lab.Routing;

/// <summary>
/// Three continents in network namespaces: clients at a carrier's points of presence, an edge router in each region, and the places of the nodes behind it. All routers are BIRDs;
/// the edges run the files of deploy/anycast.
/// </summary>
internal sealed class RoutedNetwork : IAsyncDisposable
{
    public const string Service4 = "192.0.2.1";
    public const string Service6 = "[2001:db8::1]";

    private const int FirstTable = 101;

    private readonly IReadOnlyList<Region> regions;
    private readonly CancellationToken cancellation;
    private readonly Dictionary<string, NetworkNamespace> places = [];
    private readonly Dictionary<string, Bird> routers = [];

    private RoutedNetwork(IReadOnlyList<Region> regions, CancellationToken cancellation) => (this.regions, this.cancellation) = (regions, cancellation);

    public IEnumerable<NetworkNamespace> Places => places.Values;

    public static async Task<RoutedNetwork> BuildAsync(IReadOnlyList<Region> regions, CancellationToken cancellation = default)
    {
        await NetworkNamespace.SweepAsync();
        var network = new RoutedNetwork(regions, cancellation);
        try
        {
            await network.LayLinksAsync();
            foreach (var region in regions) await network.StartRoutersAsync(region);
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    /// <summary>By name: a region's for its edge, a continent's for the carrier there, <c>client-asia</c> and the like, or a node's.</summary>
    public NetworkNamespace Place(string name) => places[name];

    /// <summary>The BIRD of a region's edge, or of the carrier in a continent.</summary>
    public Bird Router(string name) => routers[name];

    /// <summary>Until an edge sends new connections to a node, known by the address of its link.</summary>
    public Task AnnouncedAsync(string edge, string address) => Eventually.TrueAsync(
        async () => (await places[edge].RunAsync("ip", "route", "show", "192.0.2.0/24")).Contains(address, StringComparison.Ordinal),
        $"{address} is announced to {edge}",
        TimeSpan.FromSeconds(60),
        cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(routers.Values.Select(router => router.DisposeAsync().AsTask()));
        }
        finally
        {
            await Task.WhenAll(places.Values.Select(place => place.DisposeAsync().AsTask()));
        }
    }

    private async Task LayLinksAsync()
    {
        foreach (var region in regions)
        {
            await LayAsync(region.Continent, region.ClientPlace, region.Clients, $"10.7.{region.Number}", region.ClientsAt);
            await LayAsync(region.Continent, region.Name, $"10.{region.Number}.0");
            foreach (var (name, subnet) in region.Nodes) await LayAsync(region.Name, name, subnet);
            await LeadOutAsync(region.ClientPlace, region.Gateway, $"10.7.{region.Number}");
            foreach (var (name, subnet) in region.Nodes) await LeadOutAsync(name, $"{subnet}.1", subnet);
            // So that a client can also name one node of its region.
            await places[region.Continent].RunAsync("ip", "route", "add", $"10.{region.Number}.0.0/16", "via", region.EdgeAddress);
        }

        foreach (var (one, other, number) in Region.PairsOf(regions))
        {
            await LayAsync(one.Continent, other.Continent, $"10.8.{number}");
            await LayAsync(one.Name, other.Name, $"10.9.{number}");
        }
    }

    private async Task LeadOutAsync(string leaf, string gateway, string numbers)
    {
        await places[leaf].RunAsync("ip", "route", "add", "default", "via", gateway);
        await places[leaf].RunAsync("ip", "-6", "route", "add", "default", "via", $"{Six(numbers)}1");
    }

    /// <summary>
    /// A cable: the one end has the first address of its subnet, the other the second. Counted from <paramref name="at"/> in the last part. The IPv6 addresses are made of other
    /// <paramref name="numbers"/> where it is not our own.
    /// </summary>
    private async Task LayAsync(string one, string other, string subnet, string? numbers = null, int at = 0)
    {
        var (left, right) = (await PlaceAsync(one), await PlaceAsync(other));
        var (toRight, toLeft) = (other.StartsWith("client", StringComparison.Ordinal) ? "to-client" : $"to-{other}", $"to-{one}");
        await Command.RunAsync("ip", ["link", "add", toRight, "netns", left.Name, "type", "veth", "peer", "name", toLeft, "netns", right.Name]);
        await AddressAsync(left, toRight, 1);
        await AddressAsync(right, toLeft, 2);

        Task<string> AddressAsync(NetworkNamespace place, string link, int end) => Command.RunAsync("ip", ["-n", place.Name, "-batch", "-"], $"""
            address add {subnet}.{at + end}/30 dev {link}
            address add {Six(numbers ?? subnet)}{end}/64 dev {link} nodad
            link set {link} up

            """);
    }

    private async Task<NetworkNamespace> PlaceAsync(string name)
    {
        cancellation.ThrowIfCancellationRequested();
        return places.TryGetValue(name, out var place) ? place : places[name] = await NetworkNamespace.CreateAsync(name);
    }

    /// <summary>The IPv6 addresses of a link, without their last part.</summary>
    private static string Six(string subnet) => $"fd00:{subnet.Split('.')[1]}:{subnet.Split('.')[2]}::";

    private async Task StartRoutersAsync(Region region)
    {
        cancellation.ThrowIfCancellationRequested();
        routers[region.Continent] = Bird.Start(places[region.Continent], RouterFiles.OfCarrier(region, regions));
        routers[region.Name] = Bird.Start(places[region.Name], RouterFiles.OfEdge(region, regions));
        var pins = region.Nodes.Select((node, index) => string.Create(CultureInfo.InvariantCulture, $"{FirstTable + index} {node.Subnet}.2 {Six(node.Subnet)}2"));
        await places[region.Name].RunAsync(Deployed.PathOf("anycast/edge/pins.sh"), [.. pins]);
    }
}
