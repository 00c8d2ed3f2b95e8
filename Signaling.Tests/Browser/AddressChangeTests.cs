using System.Net;
using System.Net.Sockets;
using Signaling.Lab.Proxies;
using Signaling.Tests.Browser.Pages;

namespace Signaling.Tests.Browser;

/// <summary>Someone who goes from one network to another during a call: the old socket is dead, and the new one has another source address.</summary>
[TestFixture]
internal sealed class AddressChangeTests : BrowserTest
{
    private FaultProxy? _network;
    private IPAddress _address = IPAddress.Parse("127.0.0.2");

    [TearDown]
    public async Task StopNetworkAsync() => await _network!.DisposeAsync();

    [Test]
    public async Task The_peer_is_resumed_from_its_new_address_and_ICE_is_restarted()
    {
        _network = new FaultProxy(ConnectAsync, Hub.Address);
        var mina = await JoinAsync("Mina");
        var jonas = await new LobbyPage(await NewPersonAsync(), _network.Url).JoinByLinkAsync("Jonas", "math-101");
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        await Task.WhenAll(mina.WatchCallAsync("Jonas"), jonas.WatchCallAsync("Mina"));
        var before = await jonas.NegotiatedAsync();

        foreach (var link in _network.Links) link.Lose();
        _address = IPAddress.Parse("127.0.0.3");
        await jonas.Page.EvaluateAsync("dispatchEvent(new Event('online'))"); // What the browser says of a new network.

        await jonas.ReturnedAsync("resumed");
        await jonas.NegotiatedAsync(before.Local);
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        (await mina.SeenAsync()).Losses.Should().BeEmpty();
        (await jonas.SeenAsync()).Losses.Should().BeEmpty();
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(_address, 0));
        await socket.ConnectAsync(IPAddress.Loopback, Hub.Address.Port, cancellation);
        return socket;
    }
}
