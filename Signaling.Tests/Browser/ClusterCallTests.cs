using Signaling.Tests.Browser.Pages;
using Signaling.Tests.Faults.Nodes;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>Calls between pages on nodes that end.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ClusterCallTests : IAsyncDisposable
{
    private readonly People _people = new();
    private readonly List<Entrance> _entrances = [];
    private Cluster _cluster = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _cluster = await Cluster.StartAsync(new()
        {
            Nodes = 3,
            Settings = new Dictionary<string, string>
            {
                ["Signaling__Page__Folder"] = CallPageFolder.Find(),
                ["Signaling__Drain__Spread"] = "00:00:02",
                ["Signaling__Rooms__ResumeWindow"] = "00:02:00", // What is slow here is the machine.
            },
        });
        await _cluster.ReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _people.DisposeAsync();
        foreach (var entrance in _entrances) await entrance.DisposeAsync();
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Test]
    public async Task A_call_outlives_a_killed_node_and_a_Redis_that_forgets_all()
    {
        var mina = await JoinAsync("Mina", EntranceTo(0));
        var ofJonas = EntranceTo(1);
        var jonas = await JoinAsync("Jonas", ofJonas);
        var ids = await BeginAsync(mina, jonas);
        ofJonas.Node = _cluster.Nodes[2];

        await _cluster.Redis!.StopAsync();
        await _cluster.Nodes[1].Process.KillAsync();
        await Expect(jonas.Banner).ToBeVisibleAsync();
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        await _cluster.Redis.StartDaemonAsync(); // It comes back with nothing: it writes nothing down.
        await jonas.ReturnedAsync("resumed");
        await Expect(jonas.Banner).ToBeHiddenAsync();

        await GoesOnAsync(mina, jonas, ids);
        (await mina.SeenAsync()).Disconnections.Should().Be(0, "her own node goes on");
    }

    [Test]
    public async Task A_call_moves_off_a_node_that_drains_and_nobody_notices()
    {
        var (ofMina, ofJonas) = (EntranceTo(0), EntranceTo(0));
        var (mina, jonas) = (await JoinAsync("Mina", ofMina), await JoinAsync("Jonas", ofJonas));
        var ids = await BeginAsync(mina, jonas);
        (ofMina.Node, ofJonas.Node) = (_cluster.Nodes[1], _cluster.Nodes[2]);

        var ended = _cluster.Nodes[0].Process.TerminateAsync();
        await Task.WhenAll(mina.ReturnedAsync("moved"), jonas.ReturnedAsync("moved"));
        (await ended).Should().Be(0);

        await GoesOnAsync(mina, jonas, ids);
        (await mina.SeenAsync()).Disconnections.Should().Be(0, "the new connection is there before the old one goes");
        (await jonas.SeenAsync()).Disconnections.Should().Be(0, "the new connection is there before the old one goes");
    }

    private Entrance EntranceTo(int node)
    {
        var entrance = new Entrance(_cluster.Nodes[node]);
        _entrances.Add(entrance);
        return entrance;
    }

    private async Task<CallPage> JoinAsync(string name, Entrance entrance) =>
        await new LobbyPage(await _people.NewPersonAsync(), entrance.Address).JoinByLinkAsync(name, "math-101");

    /// <summary>Until they see each other; tells who they are.</summary>
    private static async Task<string[]> BeginAsync(CallPage mina, CallPage jonas)
    {
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        await Task.WhenAll(mina.WatchCallAsync("Jonas"), jonas.WatchCallAsync("Mina"));
        return await Task.WhenAll(mina.PeerIdAsync(), jonas.PeerIdAsync());
    }

    /// <summary>It is the same call as it was, and all that needs the hub works in it.</summary>
    private static async Task GoesOnAsync(CallPage mina, CallPage jonas, string[] ids)
    {
        await Task.WhenAll(mina.AllConnectedAsync(), jonas.AllConnectedAsync());
        await RestartIceAsync(mina, jonas);
        await ChatAsync(mina, jonas);

        (await Task.WhenAll(mina.PeerIdAsync(), jonas.PeerIdAsync())).Should().Equal(ids);
        (await mina.SeenAsync()).Losses.Should().BeEmpty();
        (await jonas.SeenAsync()).Losses.Should().BeEmpty();
    }

    private static async Task RestartIceAsync(CallPage mina, CallPage jonas)
    {
        var (ofMina, ofJonas) = (await mina.NegotiatedAsync(), await jonas.NegotiatedAsync());
        await jonas.RestartIceAsync();

        var over = await Task.WhenAll(mina.NegotiatedAsync(ofMina.Local), jonas.NegotiatedAsync(ofJonas.Local));
        (over[0].Local, over[0].Remote).Should().Be((over[1].Remote, over[1].Local), "both ends agree on one negotiation");
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
    }

    private static async Task ChatAsync(CallPage mina, CallPage jonas)
    {
        await Task.WhenAll(mina.OpenChatAsync(), jonas.OpenChatAsync());
        await mina.SayAsync("Are you still there?");
        await Expect(jonas.Messages).ToContainTextAsync("Are you still there?");
        await jonas.SayAsync("All the time.");
        await Expect(mina.Messages).ToContainTextAsync("All the time.");
    }
}
