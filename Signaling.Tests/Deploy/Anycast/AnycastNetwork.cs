using Signaling.Tests.Hosting;
using Signaling.Tests.Network;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>
/// Three continents in network namespaces: clients at a carrier's points of presence, an edge router in each region, nodes behind it; two nodes with one Redis in Seoul.
/// Edges and nodes run the files of deploy/anycast.
/// </summary>
internal sealed class AnycastNetwork : IAsyncDisposable
{
    public const string Service4 = "192.0.2.1";
    public const string Service6 = "[2001:db8::1]";

    private readonly Dictionary<string, NetworkNamespace> _places = [];
    private readonly Dictionary<string, Bird> _routers = [];
    private readonly Dictionary<string, AnycastNode> _nodes = [];
    private ChildProcess? _redis;

    private AnycastNetwork()
    {
    }

    public static async Task<AnycastNetwork> StartAsync()
    {
        await NetworkNamespace.SweepAsync();
        var network = new AnycastNetwork();
        try
        {
            await network.BuildAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public AnycastNode Node(string name) => _nodes[name];

    public AnycastClient Client(string continent) => new(_places[$"client-{continent}"]);

    /// <summary>What the carrier has heard from its customer in a continent.</summary>
    public Task<string> HeardAsync(string continent) => _routers[continent].AskAsync("show route 192.0.2.0/24 protocol customer all");

    /// <summary>Until no connection is pinned to a node any more.</summary>
    public Task WithdrawnAsync(string edge, int table) => Eventually.TrueAsync(
        async () => await _places[edge].RunAsync("ip", "route", "show", "table", "all") is { } routes
            && !routes.Contains($"table {table} ", StringComparison.Ordinal),
        $"table {table} is empty");

    /// <summary>Until every node runs and is announced to its edge.</summary>
    public async Task HealAsync()
    {
        foreach (var node in _nodes.Values) await node.HealAsync();
        foreach (var node in _nodes.Values)
        {
            var edge = node.Name[..node.Name.IndexOf('-', StringComparison.Ordinal)];
            await Eventually.TrueAsync(
                async () => (await NewConnectionsAsync(edge)).Contains($"{node.Subnet}.2", StringComparison.Ordinal), $"{node.Name} is announced", TimeSpan.FromSeconds(60));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes.Values) await node.DisposeAsync();
        foreach (var router in _routers.Values) await router.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
        foreach (var place in _places.Values) await place.DisposeAsync();
    }

    /// <summary>The nodes to which an edge sends new connections, by the addresses of their links.</summary>
    private async Task<string> NewConnectionsAsync(string edge) => await _places[edge].RunAsync("ip", "route", "show", "192.0.2.0/24");

    private async Task BuildAsync()
    {
        await LayLinksAsync();
        foreach (var region in Region.All) await StartRoutersAsync(region);
        _redis = _places["seoul"].Start("redis-server", ["--port", "6379", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "", "--appendonly", "no"]);
        foreach (var region in Region.All)
        {
            foreach (var (name, subnet) in region.Nodes)
            {
                var redis = region.Nodes.Length > 1 ? $"{subnet}.1:6379" : null;
                _nodes[name] = await AnycastNode.StartAsync(name, _places[name], subnet, redis);
            }
        }

        await HealAsync();
    }

    private async Task LayLinksAsync()
    {
        foreach (var region in Region.All)
        {
            await LayAsync(region.Continent, $"client-{region.Continent}", $"10.7.{region.Number}");
            await LayAsync(region.Continent, region.Name, $"10.{region.Number}.0");
            foreach (var (name, subnet) in region.Nodes) await LayAsync(region.Name, name, subnet);
            await LeadOutAsync($"client-{region.Continent}", $"10.7.{region.Number}");
            foreach (var (name, subnet) in region.Nodes) await LeadOutAsync(name, subnet);
        }

        foreach (var (one, other, number) in Region.Pairs)
        {
            await LayAsync(one.Continent, other.Continent, $"10.8.{number}");
            await LayAsync(one.Name, other.Name, $"10.9.{number}");
        }
    }

    private async Task LeadOutAsync(string leaf, string subnet)
    {
        await _places[leaf].RunAsync("ip", "route", "add", "default", "via", $"{subnet}.1");
        await _places[leaf].RunAsync("ip", "-6", "route", "add", "default", "via", $"{Six(subnet)}1");
    }

    /// <summary>A cable: the one end has the addresses that end in 1, the other those that end in 2.</summary>
    private async Task LayAsync(string one, string other, string subnet)
    {
        var (left, right) = (await PlaceAsync(one), await PlaceAsync(other));
        var (toRight, toLeft) = (other.StartsWith("client", StringComparison.Ordinal) ? "to-client" : $"to-{other}", $"to-{one}");
        await Command.RunAsync("ip", ["link", "add", toRight, "netns", left.Name, "type", "veth", "peer", "name", toLeft, "netns", right.Name]);
        await AddressAsync(left, toRight, 1);
        await AddressAsync(right, toLeft, 2);

        Task<string> AddressAsync(NetworkNamespace place, string link, int end) => Command.RunAsync("ip", ["-n", place.Name, "-batch", "-"], $"""
            address add {subnet}.{end}/30 dev {link}
            address add {Six(subnet)}{end}/64 dev {link} nodad
            link set {link} up

            """);
    }

    private async Task<NetworkNamespace> PlaceAsync(string name) =>
        _places.TryGetValue(name, out var place) ? place : _places[name] = await NetworkNamespace.CreateAsync(name);

    /// <summary>The IPv6 addresses of a link, without their last part.</summary>
    private static string Six(string subnet) => $"fd00:{subnet.Split('.')[1]}:{subnet.Split('.')[2]}::";

    private async Task StartRoutersAsync(Region region)
    {
        _routers[region.Continent] = Bird.Start(_places[region.Continent], RouterFiles.OfCarrier(region));
        _routers[region.Name] = Bird.Start(_places[region.Name], RouterFiles.OfEdge(region));
        var pins = region.Nodes.Select((node, index) => $"{101 + index} {node.Subnet}.2 {Six(node.Subnet)}2");
        await _places[region.Name].RunAsync(Deployed.PathOf("edge/pins.sh"), [.. pins]);
    }
}
