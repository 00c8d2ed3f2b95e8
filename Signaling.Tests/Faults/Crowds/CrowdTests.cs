using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Delivery;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Faults.Crowds;

/// <summary>A crowd on one hub, behind networks of all kinds.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CrowdTests : IAsyncDisposable
{
    private const int Talk = 300;

    private InProcessHub hub = null!;
    private FaultProxy proxy = null!;

    [SetUp]
    public async Task StartHub()
    {
        hub = await InProcessHub.StartAsync();
        proxy = new FaultProxy(hub.HubUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await hub.DisposeAsync();
    }

    [Test]
    public async Task Torn_writes_harm_nothing() => await SurviveAsync(new() { MaxWrite = 1 });

    [Test]
    public async Task Glued_writes_harm_nothing() => await SurviveAsync(new() { Glue = TimeSpan.FromMilliseconds(100) });

    [Test]
    public async Task A_slow_and_jittery_link_harms_nothing_and_its_queues_stay_small()
    {
        await SurviveAsync(new() { Delay = TimeSpan.FromMilliseconds(150), Jitter = TimeSpan.FromMilliseconds(350) });

        proxy.Held.Should().BeLessThan(Pump.Capacity);
    }

    [Test]
    public async Task A_frozen_network_that_thaws_in_time_harms_nothing()
    {
        await using var crowd = await Crowd.StartAsync(proxy.Url);
        await crowd.TalkAsync(Talk);
        proxy.Freeze();
        await Eventually.TrueAsync(() => proxy.Up.Frozen && proxy.Held > 1_000, "there is something on the way");
        proxy.Thaw();
        await crowd.TalkAsync(Talk);

        Assert(await crowd.SettleAsync());
        crowd.Ledger.Rejoins.Should().BeEmpty();
    }

    [Test]
    public async Task Sockets_cut_at_random_lose_nothing_that_was_accepted_between_those_who_stayed()
    {
        await using var crowd = await Crowd.StartAsync(proxy.Url, new() { Clients = 8 });
        for (var i = 0; i < 10; i++)
        {
            await crowd.TalkAsync(Talk / 10);
            var links = proxy.Links;
            if (links.Count > 0) links[Random.Shared.Next(links.Count)].Cut();
        }

        await crowd.TalkAsync(Talk);

        Assert(await crowd.SettleAsync());
        proxy.Connections.Should().BeGreaterThan(8, "those who were cut off came back");
    }

    [Test]
    public async Task A_peer_that_nobody_gets_rid_of_is_reported_when_time_is_over()
    {
        await using var crowd = await Crowd.StartAsync(proxy.Url, new() { Clients = 2, Rooms = 1 });
        await crowd.TalkAsync(10);
        await using var stranger = new Signaling.Client.SignalingClient(hub.HubUrl);
        var ghost = await stranger.JoinRoomAsync("room-0");
        await Eventually.TrueAsync(() => crowd.Clients[0].Room.Peers.Any(peer => peer.Id == ghost.PeerId), "the crowd sees it");

        var verdict = await crowd.SettleAsync(TimeSpan.FromSeconds(2));

        verdict.Violations.Should().Contain(line => line.StartsWith("ghost: client-0 sees " + ghost.PeerId));
    }

    private static void Assert(Verdict verdict)
    {
        verdict.Violations.Should().BeEmpty("{0}", verdict);
        verdict.Owed.Should().BeGreaterThan(Talk / 2, "a test without traffic proves nothing");
    }

    private async Task SurviveAsync(Impairment both)
    {
        proxy.Impair(both);
        await using var crowd = await Crowd.StartAsync(proxy.Url);
        await crowd.TalkAsync(Talk);

        Assert(await crowd.SettleAsync());
        crowd.Ledger.Rejoins.Should().BeEmpty();
    }
}
