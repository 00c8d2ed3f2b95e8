using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>Where the node sends nothing, as it is deployed.</summary>
internal sealed class DeniedPeerTests
{
    private TurnNode _node = null!;
    private Prober _prober = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _node = await TurnNode.StartAsync();
        _prober = await Prober.AllocateAsync(_node, AddressFamily.InterNetwork);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [TestCaseSource(typeof(DenyList), nameof(DenyList.Ipv4))]
    public Task A_denied_range_is_out_of_reach(DenyList denied) => denied.ProbeAsync(_prober);

    [TestCase("127.0.0.1")]
    [TestCase("127.1.2.3")]
    public Task Loopback_is_out_of_reach(string address) => _prober.UnreachableAsync(IPAddress.Parse(address));

    [TestCase("0.0.0.0")]
    [TestCase("0.0.0.1")]
    [TestCase("0.127.0.0")]
    public Task This_network_is_refused(string address) => _prober.RefusedAsync(IPAddress.Parse(address));

    [TestCase("224.0.0.1")]
    [TestCase("239.255.255.250")]
    [TestCase("240.0.0.1")]
    [TestCase("255.255.255.255")]
    public Task Multicast_reserved_and_broadcast_addresses_are_refused(string address) => _prober.RefusedAsync(IPAddress.Parse(address));

    [TestCase("9.255.255.255")]
    [TestCase("11.0.0.1")]
    [TestCase("100.63.255.255")]
    [TestCase("100.128.0.1")]
    [TestCase("168.63.129.15")]
    [TestCase("172.15.255.255")]
    [TestCase("172.32.0.1")]
    [TestCase("192.167.255.255")]
    [TestCase("192.169.0.1")]
    [TestCase("198.20.0.1")]
    public Task The_neighbours_of_denied_ranges_are_reachable(string address) => _prober.ReachableAsync(IPAddress.Parse(address));

    [Test]
    public void Every_denied_range_is_probed()
    {
        var lines = File.ReadAllLines(TurnFiles.Source("turnserver.conf")).Where(line => line.StartsWith("denied-peer-ip=", StringComparison.Ordinal));

        lines.Select(line => line["denied-peer-ip=".Length..])
            .Should().BeEquivalentTo(DenyList.Ipv4.Append(DenyList.Loopback).Concat(DenyList.Ipv6).Select(denied => denied.Range));
    }

    [Test]
    public async Task Without_the_list_the_same_probe_gets_through()
    {
        await using var open = await TurnNode.StartAsync(new TurnFiles().Without("turnserver.conf", "denied-peer-ip"));
        var prober = await Prober.AllocateAsync(open, AddressFamily.InterNetwork);

        await prober.ReachableAsync(IPAddress.Parse("10.0.0.5"));
        await prober.ReachableAsync(IPAddress.Parse("169.254.169.254"));
    }
}
