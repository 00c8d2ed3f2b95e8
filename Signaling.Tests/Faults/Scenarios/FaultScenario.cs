using Signaling.Client;
using Signaling.Tests.Faults.Crowds;
using Signaling.Tests.Faults.Delivery;
using Signaling.Tests.Faults.Nodes;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>A cluster with a crowd on it, and the promise that whatever is done to it, nobody has to rejoin and nothing that was accepted is lost.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class FaultScenario : IAsyncDisposable
{
    private protected const int Talk = 200;

    // Leases end within a test's time, and clients notice a dead hub sooner than they would in a real network.
    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Signaling__Nodes__Lease"] = "00:00:03",
        ["Signaling__Nodes__Canary"] = "00:00:01",
        ["Signaling__Drain__Spread"] = "00:00:02",
        ["Signaling__Drain__Deadline"] = "00:00:20",
    };

    private readonly List<IAsyncDisposable> _ours = [];

    private protected Cluster Cluster { get; private set; } = null!;

    private protected Crowd Crowd { get; private set; } = null!;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_ours)) await one.DisposeAsync();
    }

    private protected async Task StartAsync(ClusterOptions? options = null, IReadOnlyDictionary<string, string>? settings = null, CrowdOptions? crowd = null)
    {
        options ??= new ClusterOptions();
        Cluster = Ours(await Cluster.StartAsync(options with { Settings = Quick.Concat(settings ?? new Dictionary<string, string>()).ToLookup(pair => pair.Key, pair => pair.Value).ToDictionary(pair => pair.Key, pair => pair.Last()) }));
        await Cluster.ReadyAsync();
        Crowd = Ours(await Crowd.StartAsync(Cluster.Entry.Url, (crowd ?? new CrowdOptions()) with { Configure = Quicken }));
        await Crowd.TalkAsync(Talk);
    }

    private protected T Ours<T>(T one) where T : IAsyncDisposable
    {
        _ours.Add(one);
        return one;
    }

    /// <summary>Lets them talk on, and checks the ledger.</summary>
    private protected async Task SurviveAsync()
    {
        await Crowd.TalkAsync(Talk);
        await SettleAsync();
        Crowd.Ledger.Rejoins.Should().BeEmpty("everyone resumes");
    }

    /// <summary>How many peers of the crowd's rooms Redis knows.</summary>
    private protected async Task<int> DirectorySizeAsync()
    {
        var size = 0;
        foreach (var room in RoomKeys)
        {
            size += (await Cluster.Redis!.CliAsync("HKEYS", room)).Split('\n').Count(field => field.Contains("s:", StringComparison.Ordinal));
        }

        return size;
    }

    /// <summary>What the clients see and what Redis knows: tells why they never agree.</summary>
    private protected async Task<string> ViewAsync()
    {
        var redis = Cluster.Redis!;
        List<string> lines = [Crowd.View];
        foreach (var room in RoomKeys) lines.Add($"{room}\n{await redis.CliAsync("HGETALL", room)}");
        lines.Add($"leases\n{await redis.CliAsync("KEYS", "signaling:node:*:lease")}");
        lines.Add($"subscribed\n{await redis.CliAsync("PUBSUB", "CHANNELS", "*:connection:*")}");
        return string.Join('\n', lines);
    }

    private IEnumerable<string> RoomKeys => Crowd.Clients.Select(client => client.Room.Id).Distinct().Select(room => $"signaling:room:{{{room}}}");

    private protected async Task SettleAsync()
    {
        Verdict verdict = await Crowd.SettleAsync();
        verdict.Violations.Count.Should().Be(0, "{0}", verdict);
        verdict.Owed.Should().BeGreaterThan(Talk, "a test without traffic proves nothing");
    }

    private static void Quicken(SignalingClientOptions options)
    {
        options.PingInterval = TimeSpan.FromSeconds(1);
        options.PingTimeout = TimeSpan.FromSeconds(3);
        options.ConnectTimeout = TimeSpan.FromSeconds(5);
    }
}
