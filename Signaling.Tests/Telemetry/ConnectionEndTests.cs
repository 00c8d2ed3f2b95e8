using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Signaling.Client;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Telemetry;

/// <summary>How the end of a connection is told from another: abnormal ones are what users feel.</summary>
internal sealed class ConnectionEndTests
{
    private InProcessHub _hub = null!;

    [SetUp]
    public async Task StartAsync() => _hub = await InProcessHub.StartAsync(options => (options.Limits.OutboxMessages, options.Limits.InvocationsPerSecond) = (4, 1000));

    [TearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [Test]
    public async Task A_socket_that_ends_without_a_close_is_lost_each_time()
    {
        for (var i = 0; i < 50; i++)
        {
            var peer = await RawClient.JoinAsync(_hub.HubUrl, $"math-{i}");
            await peer.DisposeAsync(); // Aborts.
        }

        await EndsAsync(lost: 50);
    }

    [Test]
    public async Task A_client_that_closes_or_has_left_has_ended_well()
    {
        for (var i = 0; i < 10; i++)
        {
            await using var client = new SignalingClient(_hub.HubUrl);
            await client.JoinRoomAsync("math-101");
        }

        for (var i = 0; i < 20; i++)
        {
            await using var peer = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
            await peer.Client.CloseAsync();
        }

        var left = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await left.LeaveAsync();
        await left.DisposeAsync();
        await (await RawClient.ConnectAsync(_hub.HubUrl)).DisposeAsync();

        await EndsAsync(closed: 32);
    }

    [Test]
    public async Task A_connection_whose_peer_lives_on_another_one_has_ended_well()
    {
        var first = await RawResume.JoinResumableAsync(_hub.HubUrl, "math-101");
        await using var second = await first.ResumeAsync(_hub.HubUrl);
        await first.Client.MessageAsync("Removed");
        await first.DisposeAsync();

        await EndsAsync(closed: 1);
    }

    [Test]
    public async Task Nonsense_and_slow_reading_have_a_connection_dropped()
    {
        await using var babbler = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await babbler.Client.SendAsync("nonsense");
        await babbler.Client.EndAsync();
        await using var sender = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        await using var slow = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        slow.Client.StopReading();
        var big = $"\"{new string('x', 60_000)}\"";
        for (var i = 0; i < 300; i++) await sender.SendDataAsync(slow.Id, big); // More than its socket and its outbox hold.

        await EndsAsync(dropped: 2);
        (await Scrape.OfAsync(_hub.Address))["""signaling_limit_hits_total{limit="outbox"}"""].Should().Be(1);
    }

    [Test]
    public async Task Ends_after_ten_minutes_count_apart()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var hub = await InProcessHub.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        await using var older = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        time.Advance(TimeSpan.FromMinutes(5));
        await using var younger = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        time.Advance(TimeSpan.FromMinutes(6));

        older.Client.Abort();
        younger.Client.Abort();

        await Scrape.UntilAsync(hub.Address, """signaling_connections_ended_total{end="lost",age="over_10m"}""", 1);
        await Scrape.UntilAsync(hub.Address, """signaling_connections_ended_total{end="lost",age="under_10m"}""", 1);
    }

    /// <summary>Until all have ended, in these ways and no others.</summary>
    private async Task EndsAsync(int closed = 0, int dropped = 0, int lost = 0)
    {
        Scrape? scrape = null;
        await Eventually.TrueAsync(async () => Sum(scrape = await Scrape.OfAsync(_hub.Address)) >= closed + dropped + lost, "they have ended");
        (Ended("closed"), Ended("dropped"), Ended("lost"), Ended("drained")).Should().Be((closed, dropped, lost, 0));

        double Ended(string end) => scrape![$$"""signaling_connections_ended_total{end="{{end}}",age="under_10m"}"""];
        static double Sum(Scrape scrape) => scrape.Series.Where(series => series.StartsWith("signaling_connections_ended_total{", StringComparison.Ordinal)).Sum(series => scrape[series]);
    }
}
