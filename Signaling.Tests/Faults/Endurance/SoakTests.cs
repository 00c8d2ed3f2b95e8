using Signaling.Contracts;
using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Crowds;
using Signaling.Tests.Faults.Scenarios;

namespace Signaling.Tests.Faults.Endurance;

/// <summary>One fault after another, drawn at random, for as long as wanted.</summary>
internal sealed class SoakTests : FaultScenario
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    // Resuming is promised to who is back within the window. On a machine that has too much to do, seconds of faults make half a minute for those who suffer them,
    // and a hub that is well comes too late to renew a short lease.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Signaling__Rooms__ResumeWindow"] = "00:01:30",
        ["Signaling__Nodes__Lease"] = "00:00:06",
        ["Signaling__Nodes__Canary"] = "00:00:02",
    };

    private readonly Random _dice = new(Soak.Seed);
    private readonly Dictionary<string, int> _done = [];

    [Test, Category(Soak.Category)]
    public async Task Whatever_happens_in_whatever_order_nothing_accepted_is_lost_and_nobody_rejoins()
    {
        Soak.Say($"Soak for {Soak.Time} with seed {Soak.Seed}");
        await StartAsync(new() { Nodes = 3 }, Settings, crowd: new CrowdOptions { Clients = 8, Rooms = 3, MessagesPerSecond = 10 });
        (string Name, Func<Task> Do)[] faults =
        [
            ("kill a hub", KillAsync), ("replace a hub", ReplaceAsync), ("freeze a hub", FreezeAsync),
            ("restart Redis", () => Cluster.Redis!.RestartAsync(keepData: true)), ("restart Redis without its data", () => Cluster.Redis!.RestartAsync(keepData: false)),
            ("empty Redis", () => Cluster.Redis!.CliAsync("FLUSHALL")), ("freeze Redis", FreezeRedisAsync), ("drop the subscribers", () => Cluster.Redis!.CliAsync("CLIENT", "KILL", "TYPE", "pubsub")),
            ("drop all hubs' links to Redis", () => Cluster.Redis!.CliAsync("CLIENT", "KILL", "TYPE", "normal")),
            ("cut some links", CutSomeAsync), ("cut all links", CutAllAsync), ("lose links silently", LoseAsync),
            ("tear writes", () => ImpairAsync(new() { MaxWrite = 1 })), ("glue writes", () => ImpairAsync(new() { Glue = TimeSpan.FromMilliseconds(100) })),
            ("delay", () => ImpairAsync(new() { Delay = TimeSpan.FromMilliseconds(150), Jitter = TimeSpan.FromMilliseconds(350) })), ("freeze the network", FreezeNetworkAsync),
        ];

        var began = Time.GetTimestamp();
        try
        {
            while (Time.GetElapsedTime(began) < Soak.Time) await SufferAsync(faults[_dice.Next(faults.Length)], began);
        }
        catch
        {
            Soak.Say(await ViewAsync());
            throw;
        }

        Soak.Say($"Done in {Time.GetElapsedTime(began):hh\\:mm\\:ss} with seed {Soak.Seed}: {Crowd.Ledger.AcceptedCount} messages accepted, {_done.Values.Sum()} faults: {string.Join(", ", _done.OrderBy(one => one.Key).Select(one => $"{one.Value} × {one.Key}"))}");
        await SurviveAsync();
    }

    /// <summary>One at a time, since two at once are more than is promised: a peer whose hub dies while Redis does not know it is gone.</summary>
    private async Task SufferAsync((string Name, Func<Task> Do) fault, long began)
    {
        Soak.Say($"{Time.GetElapsedTime(began):mm\\:ss} {fault.Name} ({Time.GetUtcNow():HH:mm:ss.fff})");
        await fault.Do();
        _done[fault.Name] = _done.GetValueOrDefault(fault.Name) + 1;
        await Cluster.ReadyAsync();
        await Crowd.TalkAsync(20);
        await Eventually.TrueAsync(IsWhole, $"everyone is connected and seen again after \"{fault.Name}\"", Patience);
        await Eventually.TrueAsync(async () => await DirectorySizeAsync() == Crowd.Clients.Count, $"Redis knows everyone after \"{fault.Name}\"", Patience);
        Crowd.Ledger.Rejoins.Should().BeEmpty("everyone resumes after \"{0}\"", fault.Name);
    }

    // Before its lease is over, the peers of a dead hub still look connected to the others.
    private bool IsWhole() => Crowd.Clients.All(client =>
        client.IsConnected
        && client.Room.Peers.Select(peer => peer.Id).Order().SequenceEqual(Crowd.Clients.Where(other => other != client && other.Room.Id == client.Room.Id).Select(other => other.Room.PeerId).Order())
        && client.Room.Peers.All(peer => peer.State is PeerState.Connected));

    private async Task KillAsync()
    {
        var node = OneOf(Cluster.Nodes);
        await node.Process.KillAsync();
        await DelayAsync(0, 3);
        await node.RestartAsync();
    }

    private async Task ReplaceAsync()
    {
        var node = OneOf(Cluster.Nodes);
        (await node.Process.TerminateAsync()).Should().Be(0);
        await node.RestartAsync();
    }

    private async Task FreezeAsync()
    {
        var node = OneOf(Cluster.Nodes);
        node.Process.Freeze();
        await DelayAsync(0.5, 12); // Sometimes beyond its lease.
        node.Process.Thaw();
    }

    private async Task FreezeRedisAsync()
    {
        Cluster.Redis!.Freeze();
        await DelayAsync(0.2, 6);
        Cluster.Redis.Thaw();
    }

    private async Task CutSomeAsync()
    {
        for (var i = 0; i < 5; i++)
        {
            if (Cluster.Entry.Links is { Count: > 0 } links) OneOf(links).Cut();
            await DelayAsync(0, 0.5);
        }
    }

    private Task CutAllAsync()
    {
        Cluster.Entry.Cut();
        return Task.CompletedTask;
    }

    private Task LoseAsync()
    {
        foreach (var link in Cluster.Entry.Links.Where(_ => _dice.Next(2) is 0)) link.Lose();
        return Task.CompletedTask;
    }

    private async Task ImpairAsync(Impairment both)
    {
        Cluster.Entry.Impair(both);
        await Crowd.TalkAsync(100);
        Cluster.Entry.Heal();
    }

    private async Task FreezeNetworkAsync()
    {
        Cluster.Entry.Freeze();
        await DelayAsync(0.2, 8);
        Cluster.Entry.Thaw();
    }

    private Task DelayAsync(double least, double most) => Task.Delay(TimeSpan.FromSeconds(least + ((most - least) * _dice.NextDouble())), Time);

    private T OneOf<T>(IReadOnlyList<T> all) => all[_dice.Next(all.Count)];
}
