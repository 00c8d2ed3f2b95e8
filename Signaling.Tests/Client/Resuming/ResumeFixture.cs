using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Signaling.Client;

namespace Signaling.Tests.Client.Resuming;

/// <summary>A hub that resumes, and clients that try again at once, but only once: a second try in a row would wait for an hour.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class ResumeFixture : IAsyncDisposable
{
    protected const string Sdp = "v=0\r\n";

    protected List<SignalingClient> Clients { get; } = [];

    protected FakeHub Hub { get; private set; } = null!;

    protected FakeRooms Rooms => Hub.Rooms;

    [SetUp]
    public async Task StartHub() => Hub = await FakeHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients) await client.DisposeAsync();
        await Hub.DisposeAsync();
    }

    protected static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <param name="configure">Last word on the options.</param>
    /// <param name="stopped">Whether its clock stands still, so that nothing is ever sent again for a time-out.</param>
    protected SignalingClient Client(Action<SignalingClientOptions>? configure = null, bool stopped = false)
    {
        var options = new SignalingClientOptions { ReconnectPolicy = new OnceAtOnce() };
        if (stopped) options.TimeProvider = new FakeTimeProvider();
        configure?.Invoke(options);
        var client = new SignalingClient(Hub.Url, options);
        Clients.Add(client);
        return client;
    }

    protected static Observed<ConnectionStateChange> Changes(SignalingClient client)
    {
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        return changes;
    }

    protected static Observed<RoomResumed> Resumed(Room room)
    {
        var resumed = new Observed<RoomResumed>();
        room.Resumed += resumed.Handle;
        return resumed;
    }

    protected static Observed<RoomRejoined> Rejoined(Room room)
    {
        var rejoined = new Observed<RoomRejoined>();
        room.Rejoined += rejoined.Handle;
        return rejoined;
    }

    /// <summary>The next signal with app data that the hub passed on.</summary>
    protected async Task<int> NextDataAsync() => (await Rooms.Accepted.NextAsync(signal => signal.Data is not null)).Data!.Value.GetInt32();

    private sealed class OnceAtOnce : ReconnectPolicy
    {
        public override TimeSpan DelayBefore(int attempt) => attempt == 0 ? TimeSpan.Zero : TimeSpan.FromHours(1);
    }
}
