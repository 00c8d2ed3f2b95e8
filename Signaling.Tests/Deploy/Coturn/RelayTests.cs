using System.Net;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>What the node is for.</summary>
internal sealed class RelayTests
{
    private const int Channel = 0x4000;

    private TurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _node = await TurnNode.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [TestCase(Way.Udp)]
    [TestCase(Way.Udp6)]
    [TestCase(Way.Tcp)]
    [TestCase(Way.Tls)]
    public async Task A_client_reaches_a_public_peer_and_is_reached_by_it(Way way)
    {
        var (client, peer) = (await _node.ConnectAsync(way), await _node.ListenAsync(TurnNode.Peer));
        var address = new IPEndPoint(TurnNode.Peer, peer.Port);

        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        client.Relayed!.Address.Should().Be(TurnNode.Address);
        client.Relayed.Port.Should().BeInRange(49152, 55151);

        (await client.PermitAsync(address)).Should().Be(TurnClient.Granted);
        await client.SendAsync(address, "over there");
        (await peer.ReceiveAsync()).Should().Be(("over there", client.Relayed));
        await peer.SendAsync("and back", client.Relayed);
        (await client.ReceiveAsync()).Text.Should().Be("and back");
    }

    [TestCase(Way.Udp)]
    [TestCase(Way.Udp6)]
    [TestCase(Way.Tcp)]
    [TestCase(Way.Tls)]
    public async Task Data_goes_both_ways_through_a_channel(Way way)
    {
        var (client, peer) = (await _node.ConnectAsync(way), await _node.ListenAsync(TurnNode.Peer));

        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await client.BindAsync(Channel, new IPEndPoint(TurnNode.Peer, peer.Port))).Should().Be(TurnClient.Granted);
        await client.SendAsync(Channel, "there"u8.ToArray());
        (await peer.ReceiveAsync()).Should().Be(("there", client.Relayed!));
        await peer.SendAsync("back", client.Relayed!);
        var received = await client.ReceiveAsync();

        (received.Channel, received.Text).Should().Be((Channel, "back"));
    }

    [Test]
    public async Task Two_clients_of_one_node_reach_each_other()
    {
        var (one, other) = (await _node.ConnectAsync(), await _node.ConnectAsync(Way.Tls));
        (await one.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await other.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await one.PermitAsync(other.Relayed!)).Should().Be(TurnClient.Granted);
        (await other.PermitAsync(one.Relayed!)).Should().Be(TurnClient.Granted);

        await one.SendAsync(other.Relayed!, "hello");

        (await other.ReceiveAsync()).Text.Should().Be("hello");
    }

    [Test]
    public async Task A_peer_without_permission_reaches_nobody()
    {
        var (client, stranger, friend) = (await _node.ConnectAsync(), await _node.ListenAsync(IPAddress.Parse("203.0.113.66")), await _node.ListenAsync(TurnNode.Peer));
        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await client.PermitAsync(new IPEndPoint(TurnNode.Peer, friend.Port))).Should().Be(TurnClient.Granted);

        await stranger.SendAsync("psst", client.Relayed!);
        await friend.SendAsync("hello", client.Relayed!);

        (await client.ReceiveAsync()).Text.Should().Be("hello");
    }
}
