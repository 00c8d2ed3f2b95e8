using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Health;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Ice.Reports;

/// <summary>Failures of a TURN server that clients report, which the hub's own probe has not seen.</summary>
internal sealed class ServerComplaintTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly List<IAsyncDisposable> _peers = [];
    private CoturnServer _coturn = null!;
    private InProcessHub _hub = null!;
    private RawPeer _victim = null!;
    private UrlHealth _health = null!;
    private DateTimeOffset _before;

    [SetUp]
    public async Task StartAsync()
    {
        _coturn = await CoturnServer.StartAsync();
        _hub = await InProcessHub.StartAsync(options =>
        {
            options.Access.Keys = [new() { Secret = Secret }];
            options.Ice.Secrets = [.. _coturn.Secrets];
            options.Ice.Servers = [new() { Urls = [_coturn.Urls[0]] }];
        });
        _health = _hub.Services.GetRequiredService<KnownServers>().All[0].Urls[0].Health;
        _before = _health.Now.Since;
        _victim = await JoinAsync("victim", "127.0.0.99");
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var peer in _peers) await peer.DisposeAsync();
        _peers.Clear();
        await _hub.DisposeAsync();
        await _coturn.DisposeAsync();
    }

    [Test]
    public async Task Three_users_at_three_addresses_have_it_probed_and_the_probe_has_the_last_word()
    {
        for (var i = 1; i <= 3; i++) await ComplainAsync($"user-{i}", $"127.0.0.{i}");

        await Eventually.TrueAsync(() => _health.IsWell && _health.Now.Since > _before, "it was suspected, probed and found well");
    }

    [Test]
    public async Task When_the_probe_agrees_it_is_gone_at_once()
    {
        await Eventually.TrueAsync(() => _health.Now.RoundTrip is not null, "it was probed");
        await _coturn.KillAsync();

        for (var i = 1; i <= 3; i++) await ComplainAsync($"user-{i}", $"127.0.0.{i}");

        await Eventually.TrueAsync(() => _health.Now is { IsWell: false, IsSuspected: false }, "the probe has confirmed it");
    }

    [Test]
    public async Task One_user_at_many_addresses_changes_nothing()
    {
        for (var i = 1; i <= 5; i++) await ComplainAsync("user", $"127.0.0.{i}");

        _health.Now.Should().BeEquivalentTo(new { IsWell = true, Since = _before });
    }

    [Test]
    public async Task Many_users_at_one_address_change_nothing()
    {
        for (var i = 1; i <= 5; i++) await ComplainAsync($"user-{i}", "127.0.0.1");

        _health.Now.Should().BeEquivalentTo(new { IsWell = true, Since = _before });
    }

    [Test]
    public async Task Credentials_that_have_expired_are_not_the_servers_fault()
    {
        for (var i = 1; i <= 5; i++) await ComplainAsync($"user-{i}", $"127.0.0.{i}", errorCode: 401);

        _health.Now.Should().BeEquivalentTo(new { IsWell = true, Since = _before });
    }

    private async Task ComplainAsync(string user, string address, int errorCode = 701)
    {
        var peer = await JoinAsync(user, address);
        (await peer.Client.InvokeAsync(
            "ReportConnection",
            $$"""{"room":"math-101","peerId":"{{_victim.Id}}","outcome":"failed","failure":"ice","restarts":0,"serverFailures":[{"url":"{{_coturn.Urls[0]}}","errorCode":{{errorCode}}}]}""")).Succeeded();
    }

    /// <summary>Joins from an address of the loopback network.</summary>
    private async Task<RawPeer> JoinAsync(string user, string address)
    {
        var way = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var client = await RawClient.ConnectAsync(_hub.HubUrl, "room=math-101", new RawToken { Subject = user }.SignHmac(Secret), way);
        var peer = new RawPeer(client, await client.MessageAsync("Welcome"));
        _peers.Add(peer);
        return peer;
    }
}
