using System.Net;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>A node with a private address behind a NAT 1:1, as the README says.</summary>
internal sealed class NatTests
{
    private const int Forbidden = 403;

    private TurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _node = await TurnNode.StartAsync(
        new TurnFiles()
            .Without("site.conf", "listening-ip")
            .With("site.conf", "relay-ip", $"{TurnNode.PrivateAddress}")
            .Adding($"listening-ip={TurnNode.PrivateAddress}", $"external-ip={TurnNode.Address}/{TurnNode.PrivateAddress}"));

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [Test]
    public async Task Peers_are_told_the_public_address_and_what_they_send_there_arrives()
    {
        var (one, other) = (await AllocateAsync(), await AllocateAsync());
        (await one.PermitAsync(other.Relayed!)).Should().Be(TurnClient.Granted);
        (await other.PermitAsync(one.Relayed!)).Should().Be(TurnClient.Granted);

        await one.SendAsync(other.Relayed!, "hello");

        (await other.ReceiveAsync()).Text.Should().Be("hello");
    }

    [Test]
    public async Task Of_private_addresses_only_its_own_is_a_peer()
    {
        var client = await AllocateAsync();

        (await client.PermitAsync(new IPEndPoint(IPAddress.Parse("10.0.0.9"), 53))).Should().Be(Forbidden);
        (await client.PermitAsync(new IPEndPoint(IPAddress.Parse("10.0.0.11"), 53))).Should().Be(Forbidden);
        (await client.PermitAsync(new IPEndPoint(TurnNode.PrivateAddress, 53))).Should().Be(TurnClient.Granted, "the README warns of it");
    }

    private async Task<TurnClient> AllocateAsync()
    {
        var client = await _node.ConnectAsync(server: TurnNode.PrivateAddress);
        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        client.Relayed!.Address.Should().Be(TurnNode.Address);
        return client;
    }
}
