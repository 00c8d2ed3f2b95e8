using System.Net;
using System.Net.Sockets;
using Signaling.Lab.Regions;
using Signaling.Lab.Routing;

namespace Signaling.Tests.Lab;

/// <summary>What lies between two regions, each a namespace without any link to the other.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OceanTests : IAsyncDisposable
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Ocean _ocean = new(Distances.With([new(new("seoul", "frankfurt"), 2 * OneWay)]), TimeSpan.Zero);
    private readonly List<IAsyncDisposable> _places = [];
    private readonly List<Socket> _sockets = [];
    private Socket _client = null!;
    private Socket _server = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        var (seoul, frankfurt) = (await PlaceAsync("seoul"), await PlaceAsync("frankfurt"));
        var listener = Keep(await frankfurt.OpenSocketAsync());
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = await _ocean.BridgeAsync(("seoul", seoul), ("frankfurt", frankfurt), (IPEndPoint)listener.LocalEndPoint!);
        _client = Keep(await seoul.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), CancellationToken.None));
        _server = Keep(await listener.AcceptAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _ocean.DisposeAsync();
        foreach (var place in _places) await place.DisposeAsync();
    }

    [Test]
    public async Task Everything_takes_half_the_round_trip_each_way_and_what_it_is_changed_to()
    {
        (await CrossAsync(_client, _server)).Should().BeGreaterThanOrEqualTo(OneWay);
        (await CrossAsync(_server, _client)).Should().BeGreaterThanOrEqualTo(OneWay);

        _ocean.SetRoundTrip(new("frankfurt", "seoul"), 6 * OneWay);

        (await CrossAsync(_client, _server)).Should().BeGreaterThanOrEqualTo(3 * OneWay);
    }

    [Test]
    public async Task One_direction_is_cut_while_the_other_works_and_what_waited_arrives_in_order()
    {
        _ocean.Cut("seoul", "frankfurt");
        foreach (var number in (byte[])[1, 2, 3]) await _client.SendAsync(new[] { number });
        await _server.SendAsync(new byte[] { 9 });
        await ArrivesAsync(_client);
        await Eventually.TrueAsync(() => _ocean.Held is 3, "it is on its way and does not arrive");
        _server.Available.Should().Be(0);

        _ocean.Heal();

        var arrived = new byte[3];
        for (var read = 0; read < arrived.Length;) read += await _server.ReceiveAsync(arrived.AsMemory(read)).AsTask().WaitAsync(Patience);
        arrived.Should().Equal(1, 2, 3);
    }

    private static async Task<TimeSpan> CrossAsync(Socket from, Socket to)
    {
        var start = TimeProvider.System.GetTimestamp();
        await from.SendAsync(new byte[1]);
        await ArrivesAsync(to);
        return TimeProvider.System.GetElapsedTime(start) + TimeSpan.FromMilliseconds(1); // Timers count in whole ones.
    }

    private static async Task ArrivesAsync(Socket socket) => (await socket.ReceiveAsync(new byte[1]).WaitAsync(Patience)).Should().Be(1);

    private async Task<NetworkNamespace> PlaceAsync(string name)
    {
        var place = await NetworkNamespace.CreateAsync($"ocean-{name}");
        _places.Add(place);
        return place;
    }

    private Socket Keep(Socket socket)
    {
        _sockets.Add(socket);
        return socket;
    }
}
