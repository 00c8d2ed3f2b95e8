using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>A client with an allocation of one family that tries every way to reach a peer.</summary>
internal sealed class Prober
{
    private const int Forbidden = 403;

    private readonly TurnNode _node;
    private readonly TurnClient _client;
    private readonly TurnPeer _friend;
    private readonly IPEndPoint _friendAddress;
    private int _channel = 0x4000;

    private Prober(TurnNode node, TurnClient client, TurnPeer friend, IPAddress friendAddress)
    {
        (_node, _client, _friend) = (node, client, friend);
        _friendAddress = new IPEndPoint(friendAddress, friend.Port);
    }

    public static async Task<Prober> AllocateAsync(TurnNode node, AddressFamily family)
    {
        var isIpv4 = family is AddressFamily.InterNetwork;
        var (client, friend) = (await node.ConnectAsync(), isIpv4 ? TurnNode.Peer : TurnNode.Peer6);
        (await client.AllocateAsync(isIpv4 ? null : (byte)0x02)).Should().Be(TurnClient.Granted);
        var prober = new Prober(node, client, await node.ListenAsync(friend), friend);
        (await client.PermitAsync(prober._friendAddress)).Should().Be(TurnClient.Granted);
        return prober;
    }

    /// <summary>Neither a permission nor a channel.</summary>
    public async Task RefusedAsync(IPAddress address, int port = 9)
    {
        var peer = new IPEndPoint(address, port);
        (await _client.PermitAsync(peer)).Should().Be(Forbidden, "{0} is no peer", address);
        (await _client.BindAsync(_channel++, peer)).Should().Be(Forbidden, "{0} is no peer", address);
    }

    /// <summary>And nothing arrives at somebody who listens there.</summary>
    public async Task UnreachableAsync(IPAddress address)
    {
        var listener = await _node.ListenAsync(address);
        await RefusedAsync(address, listener.Port);
        await _client.SendAsync(new IPEndPoint(address, listener.Port), "knock");
        await _client.SendAsync(_friendAddress, "knock");
        await _friend.ReceiveAsync(); // The server takes one after the other.
        listener.HasHeard.Should().BeFalse("{0} is out of reach", address);
    }

    /// <summary>What is sent there arrives.</summary>
    public async Task ReachableAsync(IPAddress address)
    {
        var listener = await _node.ListenAsync(address);
        var peer = new IPEndPoint(address, listener.Port);
        (await _client.PermitAsync(peer)).Should().Be(TurnClient.Granted, "{0} is a peer like any other", address);
        await _client.SendAsync(peer, "knock");
        (await listener.ReceiveAsync()).Text.Should().Be("knock");
    }
}
