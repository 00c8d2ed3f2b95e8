using System.Text.Json;
using Signaling.Client;
using Signaling.Contracts;
using Signaling.Tests.Client.Resuming;

namespace Signaling.Tests.Client.Regions;

/// <summary>Two regions, one nearer than the other, and clients that go back soon.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class RegionFixture : IAsyncDisposable
{
    private readonly List<SignalingClient> _clients = [];

    protected FakeHub Near { get; private set; } = null!;

    protected FakeHub Far { get; private set; } = null!;

    [SetUp]
    public async Task StartHubs()
    {
        Near = await FakeHub.StartAsync("near");
        Far = await FakeHub.StartAsync("far");
        Far.Distance = TimeSpan.FromMilliseconds(100);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        await Near.DisposeAsync();
        await Far.DisposeAsync();
    }

    protected static JsonElement Json(string json) => JsonElement.Parse(json);

    protected SignalingClient Client(Action<SignalingClientOptions>? configure = null) => Client(options => new([Far.Region, Near.Region], options), configure);

    protected SignalingClient Client(Func<SignalingClientOptions, SignalingClient> create, Action<SignalingClientOptions>? configure = null)
    {
        var options = new SignalingClientOptions
        {
            ReconnectPolicy = new FullJitterReconnectPolicy { Base = TimeSpan.FromMilliseconds(20), Cap = TimeSpan.FromMilliseconds(200) },
            ReturnAfter = TimeSpan.FromMilliseconds(600),
        };
        configure?.Invoke(options);
        var client = create(options);
        _clients.Add(client);
        return client;
    }

    protected static Observed<RegionChange> Regions(SignalingClient client)
    {
        var changes = new Observed<RegionChange>();
        client.RegionChanged += changes.Handle;
        return changes;
    }

    protected static Observed<RoomRejoined> Rejoined(Room room)
    {
        var rejoined = new Observed<RoomRejoined>();
        room.Rejoined += rejoined.Handle;
        return rejoined;
    }

    /// <summary>The near region takes nobody any more, and loses those whom it has.</summary>
    protected void FailNear(params Room[] rooms)
    {
        Near.IsReady = false;
        Near.Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "The region is down.");
        foreach (var room in rooms) Near.Cut(room.PeerId);
    }

    protected void HealNear()
    {
        Near.Rooms.RefuseJoin = _ => null;
        Near.IsReady = true;
    }
}
