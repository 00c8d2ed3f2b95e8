using Microsoft.Extensions.Options;
using Signaling.Hub;
using Signaling.Hub.Ice;
using Signaling.Hub.Ice.Choice;

namespace Signaling.Tests.Ice;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ServerChoiceTests
{
    private const string Peer = "peer-1";

    private readonly SignalingOptions _options = new() { Region = "seoul" };
    private KnownServers _servers = null!;

    [Test]
    public void A_peer_gets_its_own_regions_servers_first_and_one_of_the_fallback_region_behind()
    {
        Configure(Turn("frankfurt-1", "frankfurt"), Turn("seoul-1", "seoul"), Turn("seoul-2", "seoul"));

        var chosen = Choose();

        chosen.Should().HaveCount(2);
        chosen[0].Should().StartWith("seoul");
        chosen[1].Should().Be("frankfurt-1");
    }

    [Test]
    public void Fallback_regions_stand_in_the_order_in_which_they_are_named()
    {
        _options.Ice.FallbackRegions = ["tokyo", "frankfurt"];
        _options.Ice.ServersPerPeer = 8;
        Configure(Turn("frankfurt-1", "frankfurt"), Turn("ohio-1", "ohio"), Turn("tokyo-1", "tokyo"), Turn("seoul-1", "seoul"));

        Choose().Should().Equal("seoul-1", "tokyo-1", "frankfurt-1");
    }

    [Test]
    public void Without_a_fallback_region_all_are_of_its_own()
    {
        Configure(Turn("a", "seoul"), Turn("b", "seoul"), Turn("c", null));

        Choose().Should().HaveCount(2);
    }

    [Test]
    public void A_server_that_is_not_well_is_left_out_and_its_place_goes_to_the_next()
    {
        Configure(Turn("a", "seoul"), Turn("b", "seoul"), Turn("c", "seoul"));
        var first = Choose()[0];

        Break(first);

        Choose().Should().HaveCount(2).And.NotContain(first);
    }

    [Test]
    public void When_none_of_the_own_region_is_well_the_fallback_serves()
    {
        Configure(Turn("seoul-1", "seoul"), Turn("frankfurt-1", "frankfurt"), Turn("frankfurt-2", "frankfurt"));

        Break("seoul-1");

        Choose().Should().BeEquivalentTo(["frankfurt-1", "frankfurt-2"]);
    }

    [Test]
    public void When_none_at_all_is_well_the_hub_may_be_wrong_and_peers_get_them_as_if_all_were()
    {
        Configure(Turn("a", "seoul"), Turn("b", "seoul"));

        Break("a");
        Break("b");

        Choose().Should().BeEquivalentTo(["a", "b"]);
    }

    [Test]
    public void Of_a_server_that_is_half_well_peers_get_that_half_behind_those_that_are_wholly_well()
    {
        Configure(Turn("a", "seoul"), Turn("b", "seoul"));
        var first = Choose()[0];

        Break(first, url: 1);

        var chosen = new ServerChoice(_servers, Options.Create(_options)).Turn(Peer).ToArray();
        chosen[0].Urls.Should().HaveCount(2);
        chosen[1].Urls.Should().ContainSingle().Which.Text.Should().Be($"turn:{first}:3478");
    }

    [Test]
    public void A_server_of_weight_0_gets_nobody()
    {
        Configure(Turn("a", "seoul", weight: 0), Turn("b", "seoul"));

        Choose().Should().Equal("b");
    }

    [TestCase(1, 1, 3000, 9000, 0.75)]
    [TestCase(1, 3, 3000, 3000, 0.75)]
    [TestCase(2, 1, 3000, 6000, 0.5)]
    public void Weight_and_capacity_make_the_share(int weightA, int weightB, int capacityA, int capacityB, double shareOfB)
    {
        Configure(Turn("a", "seoul", weightA, capacityA), Turn("b", "seoul", weightB, capacityB));

        var ofB = Enumerable.Range(0, 4000).Count(peer => Choose($"peer-{peer}")[0] is "b") / 4000.0;

        ofB.Should().BeApproximately(shareOfB, 0.04);
    }

    private static IceServerOptions Turn(string host, string? region, int weight = 1, int capacity = 3000) =>
        new() { Urls = [$"turn:{host}:3478", $"turn:{host}:3478?transport=tcp"], Username = "u", Credential = "c", Region = region, Weight = weight, Capacity = capacity };

    private void Configure(params IceServerOptions[] servers)
    {
        _options.Ice.Servers = [.. servers];
        _servers = new KnownServers(Options.Create(_options), TimeProvider.System);
    }

    private string[] Choose(string peer = Peer) => [.. new ServerChoice(_servers, Options.Create(_options)).Turn(peer).Select(chosen => chosen.Urls[0].Url.Host)];

    private void Break(string host, int? url = null)
    {
        foreach (var known in _servers.All.Single(server => server.Urls[0].Url.Host == host).Urls.Where((_, index) => url is null || index == url))
        {
            known.Health.Failed("down");
            known.Health.Failed("down");
        }
    }
}
