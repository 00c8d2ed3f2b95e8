using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>A site file that opens more than ours: IPv6 relaying, as the README says, and loopback peers, as nobody should. What is denied stays denied.</summary>
internal sealed class OpenedNodeTests
{
    private TurnNode _node = null!;
    private Prober _prober = null!;
    private Prober _prober6 = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _node = await TurnNode.StartAsync(new TurnFiles().Adding($"relay-ip={TurnNode.Address6}", "allow-loopback-peers"));
        _prober = await Prober.AllocateAsync(_node, AddressFamily.InterNetwork);
        _prober6 = await Prober.AllocateAsync(_node, AddressFamily.InterNetworkV6);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [TestCaseSource(typeof(DenyList), nameof(DenyList.Ipv6))]
    public Task A_denied_range_is_out_of_reach(DenyList denied) => denied.ProbeAsync(_prober6);

    [Test]
    public Task Loopback_is_out_of_reach() => DenyList.Loopback.ProbeAsync(_prober);

    [TestCase("::")]
    [TestCase("ff02::1")]
    [TestCase("ff05::2")]
    [TestCase("ff0e::1")]
    public Task Multicast_and_the_unspecified_address_are_refused(string address) => _prober6.RefusedAsync(IPAddress.Parse(address));

    [TestCase("2001:200::1")]
    [TestCase("2003::1")]
    [TestCase("64:ff9c::1")]
    [TestCase("2400:cafe::1")]
    [TestCase("2600::a00:5")]
    [TestCase("::1:0:0:1")]
    public Task Other_peers_are_reachable(string address) => _prober6.ReachableAsync(IPAddress.Parse(address));

    [TestCase("11.0.0.1")]
    [TestCase("198.51.100.20")]
    public Task The_ranges_for_IPv6_match_no_IPv4_address(string address) => _prober.ReachableAsync(IPAddress.Parse(address));
}
