using System.Text.Json;
using Signaling.Lab.Routing;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>deploy/anycast, with real BIRDs, hubs and kernel routing.</summary>
internal sealed class AnycastTests
{
    private static readonly string[] Addresses = [RoutedNetwork.Service4, RoutedNetwork.Service6];

    // A watcher needs two questions, BFD three seconds (SiteFile.Patient); BGP by itself would take 30 s.
    private static readonly TimeSpan Detection = TimeSpan.FromSeconds(15);

    private readonly List<RawPeer> _peers = [];
    private AnycastNetwork _network = null!;
    private AnycastClient _asia = null!;
    private AnycastClient _europe = null!;
    private AnycastClient _america = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _network = await AnycastNetwork.StartAsync();
        (_asia, _europe, _america) = (_network.Client("asia"), _network.Client("europe"), _network.Client("america"));
    }

    [SetUp]
    public Task HealAsync() => _network.HealAsync();

    [TearDown]
    public async Task HangUpAsync()
    {
        foreach (var peer in _peers) await peer.DisposeAsync();
        _peers.Clear();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_network is null) return;
        foreach (var client in new[] { _asia, _europe, _america }) client.Dispose();
        await _network.DisposeAsync();
    }

    [TestCaseSource(nameof(Addresses))]
    public async Task Every_client_reaches_the_nodes_of_its_region(string address)
    {
        await OnlyAsync(_asia, "seoul-", address);
        await OnlyAsync(_europe, "frankfurt-", address);
        await OnlyAsync(_america, "virginia-", address);
    }

    [Test]
    public async Task The_carrier_hears_ranks_and_prepends_and_none_of_our_own_affairs()
    {
        var node = _network.Node("frankfurt-a");
        await OnlyAsync(_europe, "frankfurt-");
        var heard = await _network.HeardAsync("europe");
        heard.Should().MatchRegex(@"as_path: 64512\s").And.MatchRegex(@"community: \(64511,13\) \(64511,21\) \(64511,32\)\s");
        var peer = await _europe.JoinAsync("room", RoutedNetwork.Service4);
        _peers.Add(peer);

        await node.PrependAsync(2);

        await Eventually.TrueAsync(async () => (await _network.HeardAsync("europe")).Contains("as_path: 64512 64512 64512", StringComparison.Ordinal), "the path is longer");
        await AliveAsync(peer);
        await node.PrependAsync(0);
    }

    [Test]
    public async Task When_a_hub_is_killed_its_neighbour_answers_and_after_the_last_one_the_next_region()
    {
        await _network.Node("seoul-a").Hub.KillAsync();
        await OnlyAsync(_asia, "seoul-b");

        await _network.Node("seoul-b").Hub.KillAsync();
        await OnlyAsync(_asia, "virginia-");

        (await _europe.AskAsync()).Should().StartWith("frankfurt-", "that is Asia's affair");
    }

    [Test]
    public async Task When_a_machine_freezes_BFD_notices_and_the_next_region_answers()
    {
        await OnlyAsync(_europe, "frankfurt-");

        _network.Node("frankfurt-a").Freeze();

        await OnlyAsync(_europe, "virginia-");
    }

    [Test]
    public async Task A_hub_that_hangs_gets_no_new_connections_and_keeps_those_that_it_has()
    {
        var peers = await SpreadAsync();
        _network.Node("seoul-a").Hub.Freeze();

        foreach (var address in Addresses) await OnlyAsync(_asia, "seoul-b", address);
        _network.Node("seoul-a").Hub.Thaw();

        foreach (var peer in peers["seoul-a"]) await AliveAsync(peer);
    }

    [Test]
    public async Task A_drained_node_keeps_its_connections_until_they_have_moved_to_its_neighbour()
    {
        var peers = await SpreadAsync();
        var (moving, staying) = (peers["seoul-a"].ToArray(), peers["seoul-b"].ToArray());
        var ended = _network.Node("seoul-a").DrainAsync();

        foreach (var address in Addresses) await OnlyAsync(_asia, "seoul-b", address);
        foreach (var peer in moving.Concat(staying)) await AliveAsync(peer);
        var resumed = await Task.WhenAll(moving.Select(MoveAsync));
        (await ended).Should().Be(0);
        await _network.WithdrawnAsync("seoul", 101);

        resumed.Should().OnlyContain(peer => RegionOf(peer) == "seoul-b" && peer.Welcome.GetProperty("resumed").GetBoolean());
        resumed.Select(peer => peer.Id).Should().BeEquivalentTo(moving.Select(peer => peer.Id));
        foreach (var peer in staying.Concat(resumed)) await AliveAsync(peer);
        staying.SelectMany(peer => peer.Client.Inbox.Seen).Should().NotContain(frame => IsGoingAway(frame), "nobody else has to move");
    }

    [Test]
    public async Task When_a_whole_region_drains_its_connections_stay_while_new_ones_go_to_the_next_region()
    {
        var peers = (await SpreadAsync()).SelectMany(node => node).ToArray();
        var ended = Task.WhenAll(_network.Node("seoul-a").DrainAsync(), _network.Node("seoul-b").DrainAsync());

        foreach (var address in Addresses) await OnlyAsync(_asia, "virginia-", address);
        foreach (var peer in peers) await AliveAsync(peer);
        await Task.WhenAll(peers.Select(LeaveAsync));
        (await ended).Should().Equal(0, 0);
        await _network.WithdrawnAsync("seoul", 101);
        await _network.WithdrawnAsync("seoul", 102);

        await OnlyAsync(_asia, "virginia-");

        static async Task LeaveAsync(RawPeer peer)
        {
            await peer.Client.MessageAsync("GoingAway");
            await AliveAsync(peer);
            await peer.DisposeAsync();
        }
    }

    /// <summary>Until that node, or one of that region, and no other takes new connections.</summary>
    private static async Task OnlyAsync(AnycastClient client, string node, string address = RoutedNetwork.Service4)
    {
        const int Enough = 10;
        var inARow = 0;
        await Eventually.TrueAsync(
            async () => (inARow = (await client.AskAsync(address))?.StartsWith(node, StringComparison.Ordinal) is true ? inARow + 1 : 0) == Enough,
            $"only {node} answers at {address}",
            Detection);
    }

    private static async Task AliveAsync(RawPeer peer) => (await peer.Client.InvokeAsync("Ping", "{}")).Succeeded();

    private static string RegionOf(RawPeer peer) => peer.Welcome.GetProperty("region").GetString()!;

    private static bool IsGoingAway(JsonElement frame) => frame.TryGetProperty("target", out var target) && target.GetString() is "GoingAway";

    /// <summary>Waits until it is told to go, and goes through the service address; the old connection is there until the end.</summary>
    private async Task<RawPeer> MoveAsync(RawPeer peer)
    {
        await peer.Client.MessageAsync("GoingAway");
        await AliveAsync(peer);
        var moved = await _asia.ResumeAsync(peer);
        lock (_peers) _peers.Add(moved);
        (await peer.Client.MessageAsync("Removed")).GetProperty("code").GetString().Should().Be("replaced");
        await peer.DisposeAsync();
        return moved;
    }

    /// <summary>Connects from Asia over both protocols until each node of Seoul has a few connections of each.</summary>
    private async Task<ILookup<string, RawPeer>> SpreadAsync()
    {
        const int Few = 2;
        var counts = new Dictionary<(string Node, string Address), int>();
        foreach (var address in Addresses) await OnlyAsync(_asia, "seoul-", address);
        while (counts.Count(pair => pair.Value >= Few) < 2 * Addresses.Length)
        {
            var address = Addresses[_peers.Count % Addresses.Length];
            _peers.Add(await _asia.JoinAsync($"room-{_peers.Count}", address));
            var node = RegionOf(_peers[^1]);
            counts[(node, address)] = counts.GetValueOrDefault((node, address)) + 1;
            _peers.Should().HaveCountLessThan(80, "both nodes take connections");
        }

        return _peers.ToLookup(RegionOf);
    }
}
