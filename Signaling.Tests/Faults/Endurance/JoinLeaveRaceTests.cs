using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Endurance;

/// <summary>Peers come to few rooms of two nodes and go again in every way, many at a time.</summary>
internal sealed class JoinLeaveRaceTests
{
    private const int Workers = 16;
    private const int Rooms = 4;
    private const int RoundsToACheckpoint = 100;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private Cluster _cluster = null!;
    private int _left;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _cluster = await Cluster.StartAsync(new()
        {
            Settings = new Dictionary<string, string>
            {
                ["Signaling__Rooms__ResumeWindow"] = $"{Window}",
                ["Signaling__Rooms__Capacity"] = "1000",
                ["Signaling__Limits__ConnectsPerSecond"] = "100000",
            },
        });
        await _cluster.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _cluster.DisposeAsync();

    [Test, Category(Soak.Category)]
    public async Task However_peers_come_and_go_both_nodes_agree_and_no_ghost_stays()
    {
        Soak.Say($"{Soak.JoinRounds} rounds of joins and leaves with seed {Soak.Seed}");
        var dice = Enumerable.Range(0, Workers).Select(worker => new Random(Soak.Seed + worker)).ToArray();
        for (var done = 0; done < Soak.JoinRounds; done += RoundsToACheckpoint)
        {
            _left = RoundsToACheckpoint;
            var stayers = await Task.WhenAll(dice.Select(PlayAsync));
            await AgreedAsync(stayers, done + RoundsToACheckpoint);
            await Task.WhenAll(stayers.Zip(dice, LeaveAsync));
        }

        await Eventually.TrueAsync(async () => (await _cluster.Redis!.CliAsync("KEYS", "signaling:room:*")).Length is 0, "nothing of a room stays in Redis");
        await Eventually.TrueAsync(async () => (await _cluster.Redis!.CliAsync("KEYS", "signaling:node:*:rooms")).Length is 0, "no node has a room");
        foreach (var node in _cluster.Nodes)
        {
            for (var room = 0; room < Rooms; room++)
            {
                await using var fresh = await RawClient.JoinAsync(node.HubUrl, $"busy-{room}");
                fresh.Roster().Should().ContainSingle("it is alone in {0}", fresh.Room);
                await fresh.LeaveAsync();
            }
        }
    }

    /// <summary>Comes and goes until the rounds are over, and then comes to stay.</summary>
    private async Task<RawPeer> PlayAsync(Random dice)
    {
        await Task.Yield();
        while (Interlocked.Decrement(ref _left) >= 0) await RoundAsync(dice);
        return await RawClient.JoinAsync(Node(dice), Room(dice));
    }

    private Task RoundAsync(Random dice) => dice.Next(20) switch
    {
        < 5 => JoinAndLeaveAsync(Node(dice), Room(dice)),
        < 9 => JoinAndAbortAsync(Node(dice), Room(dice)),
        < 13 => AbortWhileJoiningAsync(Node(dice), Room(dice)),
        < 15 => JoinAndLeaveInOneBreathAsync(Node(dice), Room(dice)),
        < 17 => MoveAndLeaveAsync(Node(dice), Node(dice), Room(dice)),
        < 19 => BeForgottenAsync(Node(dice), Room(dice)),
        _ => ComeBackAtTheLastMomentAsync(Node(dice), Node(dice), Room(dice), Window * (0.8 + (0.4 * dice.NextDouble()))),
    };

    private static async Task JoinAndLeaveAsync(Uri node, string room)
    {
        await using var peer = await RawClient.JoinAsync(node, room);
        await peer.LeaveAsync();
    }

    private static async Task JoinAndAbortAsync(Uri node, string room)
    {
        await using var peer = await RawClient.JoinAsync(node, room);
        peer.Client.Abort();
    }

    private static async Task AbortWhileJoiningAsync(Uri node, string room)
    {
        await using var client = await RawClient.ConnectAsync(node, $"room={room}");
        client.Abort();
    }

    private static async Task JoinAndLeaveInOneBreathAsync(Uri node, string room)
    {
        await using var client = await RawClient.ConnectAsync(node);
        var joining = client.InvokeAsync("Join", $$"""{"room":"{{room}}"}""");
        var leaving = client.InvokeAsync("Leave", $$"""{"room":"{{room}}"}""");
        (await joining).Succeeded();
        (await leaving).Succeeded();
    }

    private static async Task MoveAndLeaveAsync(Uri from, Uri to, string room)
    {
        await using var former = await RawResume.JoinResumableAsync(from, room);
        await ResumeAndLeaveAsync(former, to);
    }

    private static async Task BeForgottenAsync(Uri node, string room)
    {
        await using var peer = await RawResume.JoinResumableAsync(node, room);
        peer.Client.Abort();
    }

    private static async Task ComeBackAtTheLastMomentAsync(Uri from, Uri to, string room, TimeSpan after)
    {
        await using var former = await RawResume.JoinResumableAsync(from, room);
        former.Client.Abort();
        await Task.Delay(after, TimeProvider.System);
        await ResumeAndLeaveAsync(former, to);
    }

    private static async Task ResumeAndLeaveAsync(RawPeer former, Uri to)
    {
        while (!await IsAnsweredAsync(former, to)) await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
    }

    /// <returns><c>false</c> when the hub cannot tell just now: on a busy machine Redis does not always answer in time.</returns>
    private static async Task<bool> IsAnsweredAsync(RawPeer former, Uri to)
    {
        await using var client = await former.TryResumeAsync(to);
        var (peer, refusal) = await client.AdmissionAsync();
        if (refusal is { Code: "unavailable" }) return false;
        if (peer is null) refusal!.Code.Should().Be("resume-expired");
        else await peer.LeaveAsync();
        return true;
    }

    private async Task AgreedAsync(RawPeer[] stayers, int rounds)
    {
        try
        {
            await Eventually.TrueAsync(() => AgreeAsync(stayers), $"after {rounds} rounds both nodes see those who stayed and nobody else");
        }
        catch (TimeoutException)
        {
            foreach (var stayer in stayers)
            {
                var (live, seen) = (stayers.Where(other => other.Room == stayer.Room).Select(other => other.Id).ToArray(), await stayer.RosterIdsAsync());
                Soak.Say($"{stayer.Id} in {stayer.Room} misses [{string.Join(' ', live.Except(seen))}] and sees as well [{string.Join(' ', seen.Except(live))}]");
            }

            for (var room = 0; room < Rooms; room++) Soak.Say(await _cluster.Redis!.CliAsync("HGETALL", $"signaling:room:{{busy-{room}}}"));
            throw;
        }
    }

    private static async Task<bool> AgreeAsync(RawPeer[] stayers)
    {
        foreach (var stayer in stayers)
        {
            var live = stayers.Where(other => other.Room == stayer.Room).Select(other => other.Id).Order();
            if (!live.SequenceEqual((await stayer.RosterIdsAsync()).Order())) return false;
        }

        return true;
    }

    private static async Task LeaveAsync(RawPeer stayer, Random dice)
    {
        if (dice.Next(2) is 0) await stayer.LeaveAsync();
        await stayer.DisposeAsync();
    }

    private Uri Node(Random dice) => _cluster.Nodes[dice.Next(_cluster.Nodes.Count)].HubUrl;

    private static string Room(Random dice) => $"busy-{dice.Next(Rooms)}";
}
