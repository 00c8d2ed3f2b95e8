using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Signaling.Lab.Proxies;

namespace Signaling.Tests.Network;

/// <summary>The fault proxy between two bare sockets.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FaultProxyTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly FakeTimeProvider time = new();
    private readonly List<Socket> sockets = [];
    private FaultProxy proxy = null!;

    [SetUp]
    public void StartProxy()
    {
        listener.Start();
        proxy = new FaultProxy(new Uri($"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), time);
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        foreach (var socket in sockets) socket.Dispose();
        listener.Dispose();
    }

    [Test]
    public async Task Healthy_it_passes_bytes_and_ends_both_ways()
    {
        var (client, server) = await ConnectAsync();

        await client.SendAsync("ping"u8.ToArray());
        (await ReadAsync(server, 4)).Should().Equal("ping"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        (await ReadAsync(server, 1)).Should().BeEmpty();
        await server.SendAsync("pong"u8.ToArray());
        (await ReadAsync(client, 4)).Should().Equal("pong"u8.ToArray(), "half a connection still works");
        server.Shutdown(SocketShutdown.Send);
        await Eventually.TrueAsync(() => proxy.Links.Count == 0, "the link is gone");
    }

    [Test]
    public async Task Who_keeps_writing_to_an_end_that_has_closed_is_reset()
    {
        var (client, server) = await ConnectAsync();
        server.Dispose();
        (await ReadAsync(client, 1)).Should().BeEmpty();

        await Eventually.TrueAsync(() => IsReset(client), "the writer is told");

        await Eventually.TrueAsync(() => proxy.Links.Count == 0, "the link is gone");
        proxy.Held.Should().Be(0);
    }

    [Test]
    public async Task A_delay_holds_one_direction_back_until_its_time()
    {
        var (client, server) = await ConnectAsync();
        proxy.Up = new() { Delay = TimeSpan.FromSeconds(10) };
        var start = time.GetTimestamp();
        await client.SendAsync("ping"u8.ToArray());
        await server.SendAsync("pong"u8.ToArray());

        (await ReadAsync(client, 4)).Should().Equal("pong"u8.ToArray());
        await Eventually.TrueAsync(() => proxy.Held == 4, "the proxy holds the bytes");
        await Eventually.TrueAsync(() => Tick(server), "the time comes");
        time.GetElapsedTime(start).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(10));
        (await ReadAsync(server, 4)).Should().Equal("ping"u8.ToArray());
    }

    [Test]
    public async Task Jitter_keeps_the_order()
    {
        var (client, server) = await ConnectAsync();
        proxy.Up = new() { Delay = TimeSpan.FromMilliseconds(150), Jitter = TimeSpan.FromMilliseconds(350) };
        var sent = Enumerable.Range(0, 100).Select(i => (byte)i).ToArray();

        for (var i = 0; i < sent.Length; i++)
        {
            await client.SendAsync(sent.AsMemory(i, 1));
            await Eventually.TrueAsync(() => proxy.Held == i + 1, "each byte is delayed by itself");
        }

        time.Advance(TimeSpan.FromMilliseconds(500));
        (await ReadAsync(server, 100)).Should().Equal(sent);
    }

    [Test]
    public async Task Frozen_nothing_passes_no_end_either_and_thawed_nothing_is_missing()
    {
        var (client, server) = await ConnectAsync();
        proxy.Freeze();
        await client.SendAsync("ping"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        await Eventually.TrueAsync(() => proxy.Held == 4, "the proxy holds the bytes");
        server.Available.Should().Be(0);

        proxy.Thaw();

        (await ReadAsync(server, 5)).Should().Equal("ping"u8.ToArray());
    }

    [Test]
    public async Task Frozen_it_takes_a_bounded_amount_and_then_the_sender_waits()
    {
        var (client, server) = await ConnectAsync();
        proxy.Freeze();
        var sent = new byte[16 * 1024 * 1024];
        Random.Shared.NextBytes(sent);
        var sending = SendAllAsync(client, sent);

        await Eventually.TrueAsync(() => proxy.Held > Pump.Capacity / 2, "the proxy fills up");
        sending.IsCompleted.Should().BeFalse();
        proxy.Held.Should().BeLessThanOrEqualTo(Pump.Capacity);
        proxy.Thaw();

        (await ReadAsync(server, sent.Length)).AsSpan().SequenceEqual(sent).Should().BeTrue();
        await sending;
    }

    [Test]
    public async Task A_hole_in_one_direction_swallows_bytes_and_ends_while_the_other_works()
    {
        var (client, server) = await ConnectAsync();
        proxy.Up = new() { Drops = true };

        await client.SendAsync("lost"u8.ToArray());
        await Eventually.TrueAsync(() => proxy.Dropped == 4, "the bytes are dropped");
        await server.SendAsync("pong"u8.ToArray());
        (await ReadAsync(client, 4)).Should().Equal("pong"u8.ToArray());
        client.Close(0);

        server.Poll(0, SelectMode.SelectRead).Should().BeFalse("the server sees neither bytes nor an end: half open");
        proxy.Heal();
        var (again, other) = await ConnectAsync();
        await again.SendAsync("new"u8.ToArray());
        (await ReadAsync(other, 3)).Should().Equal("new"u8.ToArray());
        server.Poll(0, SelectMode.SelectRead).Should().BeFalse("what lost bytes stays dead");
    }

    [Test]
    public async Task Torn_writes_arrive_one_byte_at_a_time()
    {
        var (client, server) = await ConnectAsync();
        proxy.Up = new() { MaxWrite = 1, BytesPerSecond = 1 };
        await client.SendAsync("torn"u8.ToArray());

        var buffer = new byte[10];
        foreach (var expected in "torn"u8.ToArray())
        {
            await Eventually.TrueAsync(() => Tick(server), "the next byte");
            (await server.ReceiveAsync(buffer).WaitAsync(Patience)).Should().Be(1);
            buffer[0].Should().Be(expected);
        }
    }

    [Test]
    public async Task Glued_writes_arrive_at_once()
    {
        var (client, server) = await ConnectAsync();
        proxy.Up = new() { Glue = TimeSpan.FromSeconds(1) };
        for (var i = 1; i <= 10; i++)
        {
            await client.SendAsync(new byte[10]);
            await Eventually.TrueAsync(() => proxy.Held == i * 10, "each write is held");
        }

        await Eventually.TrueAsync(() => Tick(server), "the glue lets go");
        (await server.ReceiveAsync(new byte[1000]).WaitAsync(Patience)).Should().Be(100);
    }

    [Test]
    public async Task Bandwidth_is_what_is_asked_for()
    {
        var (client, server) = await ConnectAsync();
        proxy.Up = new() { BytesPerSecond = 1_000 };
        var start = time.GetTimestamp();
        await client.SendAsync(new byte[2_000]);
        var reading = ReadAsync(server, 2_000);

        await Eventually.TrueAsync(() => Tick(reading), "all has passed");

        time.GetElapsedTime(start).Should().BeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Test]
    public async Task A_cut_resets_every_connection_or_one()
    {
        var (first, firstServer) = await ConnectAsync();
        var link = proxy.Links.Single();
        var (second, secondServer) = await ConnectAsync();

        link.Cut();
        await ResetAsync(first);
        await ResetAsync(firstServer);
        await second.SendAsync("still"u8.ToArray());
        (await ReadAsync(secondServer, 5)).Should().Equal("still"u8.ToArray());
        proxy.Cut();
        await ResetAsync(second);
    }

    [Test]
    public async Task Refused_connections_are_reset_and_counted()
    {
        proxy.Refuses = true;

        await this.Invoking(_ => ConnectAndReadAsync()).Should().ThrowAsync<SocketException>();

        proxy.Connections.Should().Be(1);
    }

    [Test]
    public async Task A_script_changes_the_weather_by_the_clock()
    {
        var playing = proxy.PlayAsync(
            CancellationToken.None,
            (TimeSpan.FromSeconds(10), one => one.Freeze()),
            (TimeSpan.FromSeconds(5), one => one.Thaw()));

        time.Advance(TimeSpan.FromSeconds(9));
        proxy.Up.Frozen.Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => proxy.Up.Frozen && proxy.Down.Frozen, "the first step");
        await Eventually.TrueAsync(() => Tick(playing), "the second");
        proxy.Up.Frozen.Should().BeFalse();
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> data)
    {
        while (data.Length > 0) data = data[await socket.SendAsync(data)..];
    }

    /// <summary>Fewer than asked for when the other end closes.</summary>
    private static async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        var buffer = new byte[count];
        var filled = 0;
        while (filled < count && await socket.ReceiveAsync(buffer.AsMemory(filled)).AsTask().WaitAsync(Patience) is var read and > 0) filled += read;
        return buffer[..filled];
    }

    private static async Task ResetAsync(Socket socket) =>
        (await socket.Invoking(one => one.ReceiveAsync(new byte[1]).WaitAsync(Patience)).Should().ThrowAsync<SocketException>())
            .Which.SocketErrorCode.Should().Be(SocketError.ConnectionReset);

    private static bool IsReset(Socket writer)
    {
        try
        {
            writer.Send("late"u8);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private async Task ConnectAndReadAsync()
    {
        using var client = await FaultProxy.ConnectAsync(proxy.Url.Port, CancellationToken.None);
        await client.ReceiveAsync(new byte[1]).WaitAsync(Patience);
    }

    private bool Tick(Socket socket) => Tick(socket.Available > 0);

    private bool Tick(Task task) => Tick(task.IsCompleted);

    private bool Tick(bool done)
    {
        if (!done) time.Advance(TimeSpan.FromMilliseconds(50));
        return done;
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var links = proxy.Links.Count;
        var client = await FaultProxy.ConnectAsync(proxy.Url.Port, CancellationToken.None);
        var server = await listener.AcceptSocketAsync().WaitAsync(Patience);
        sockets.AddRange([client, server]);
        await Eventually.TrueAsync(() => proxy.Links.Count > links, "the link is open");
        return (client, server);
    }
}
