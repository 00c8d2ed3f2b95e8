using Signaling.Client;
using Signaling.Contracts;
using Signaling.Tests.Faults.Crowds;
using Signaling.Tests.Faults.Delivery;

namespace Signaling.Tests.Faults.Regions;

/// <summary>A crowd whose rooms span regions. Whatever happens between the regions, nobody is seen to leave who did not, and nothing that was accepted is lost.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class RegionScenario : IAsyncDisposable
{
    private protected const int Talk = 150;

    private readonly List<IAsyncDisposable> _ours = [];

    private protected RegionSet Regions { get; private set; } = null!;

    private protected Crowd Crowd { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_ours)) await one.DisposeAsync();
    }

    private protected async Task StartAsync(RegionSetOptions? options = null)
    {
        Regions = Ours(await RegionSet.StartAsync(options));
        var crowd = new CrowdOptions { Clients = 6, Rooms = 2, MessagesPerSecond = 10 };
        Crowd = Ours(await Crowd.StartAsync(i => Regions[RegionOf(i)].Entry.Url, crowd));
        await Crowd.TalkAsync(Talk);

        string RegionOf(int client) => Regions.Names[client / crowd.Rooms % Regions.Names.Count];
    }

    private protected T Ours<T>(T one) where T : IAsyncDisposable
    {
        _ours.Add(one);
        return one;
    }

    private protected IEnumerable<PeerState> StatesSeen() => Crowd.Clients.SelectMany(client => client.Room.Peers).Select(peer => peer.State);

    /// <summary>Until every client sees peers of other regions as unreachable.</summary>
    private protected Task UntilCutAsync() => Eventually.TrueAsync(
        () => Crowd.Clients.All(client => client.Room.Peers.Any(peer => peer.State is PeerState.Unreachable)), "peers across the link are unreachable");

    private protected Task UntilWholeAsync() => Eventually.TrueAsync(() => StatesSeen().All(state => state is PeerState.Connected), "everybody is connected again", TimeSpan.FromSeconds(60));

    private protected async Task SurviveAsync()
    {
        await Crowd.TalkAsync(Talk);
        Verdict verdict = await Crowd.SettleAsync();
        verdict.Violations.Count.Should().Be(0, "{0}", verdict);
        verdict.Owed.Should().BeGreaterThan(Talk, "a test without traffic proves nothing");
        Crowd.Ledger.Rejoins.Should().BeEmpty();
    }

    /// <summary>A client in a region.</summary>
    private protected async Task<Room> JoinAsync(string region, string room, SignalingClientOptions? options = null)
    {
        var client = Ours(new SignalingClient(Regions[region].Entry.Url, options ?? new()));
        return await client.JoinRoomAsync(room);
    }
}
