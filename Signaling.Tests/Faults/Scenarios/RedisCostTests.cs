using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>What each operation costs in Redis commands, so that nobody adds one by accident.</summary>
internal sealed class RedisCostTests
{
    // Redis counts these for the scripts that call them; PING keeps a connection alive, and INFO is this test's own.
    private static readonly string[] InScripts = ["hget", "hset", "hsetnx", "hlen", "hdel", "hincrby", "hgetall", "del", "time", "ping", "info"];

    private const int QuietReadings = 5;

    private Cluster _cluster = null!;

    private Uri First => _cluster.Nodes[0].HubUrl;

    private Uri Second => _cluster.Nodes[1].HubUrl;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        // Neither a lease nor a canary comes due while something is counted.
        _cluster = await Cluster.StartAsync(new()
        {
            Settings = new Dictionary<string, string> { ["Signaling__Nodes__Lease"] = "00:05:00", ["Signaling__Nodes__Canary"] = "00:01:00" },
        });
        await _cluster.ReadyAsync();

        // Scripts are loaded by their first use.
        await using var one = await RawResume.JoinResumableAsync(First, "warm");
        await using var other = await RawResume.JoinResumableAsync(Second, "warm");
        foreach (var peer in new[] { one, other })
        {
            (await peer.Client.InvokeAsync("SetAttributes", """{"room":"warm","attributes":{"a":"b"}}""")).Succeeded();
            (await peer.Client.InvokeAsync("Leave", """{"room":"warm"}""")).Succeeded();
        }
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _cluster.DisposeAsync();

    [Test]
    public async Task A_signal_to_the_same_node_costs_nothing()
    {
        await using var one = await RawClient.JoinAsync(First, "same");
        await using var other = await RawClient.JoinAsync(First, "same");

        (await CostAsync(() => SendAsync(one, other))).Should().BeEmpty();
    }

    [Test]
    public async Task A_signal_to_another_node_costs_one_publish()
    {
        await using var one = await RawClient.JoinAsync(First, "cross");
        await using var other = await RawClient.JoinAsync(Second, "cross");
        await one.Client.MessageAsync("PeerJoined");

        (await CostAsync(() => SendAsync(one, other))).Should().Equal(new Dictionary<string, long> { ["publish"] = 1 });
    }

    [Test]
    public async Task App_data_for_a_room_costs_one_publish_a_node()
    {
        await using var one = await RawClient.JoinAsync(First, "room");
        await using var two = await RawClient.JoinAsync(Second, "room");
        await using var three = await RawClient.JoinAsync(Second, "room");
        await one.Client.MessageAsync("PeerJoined");
        await one.Client.MessageAsync("PeerJoined");

        var cost = await CostAsync(async () =>
        {
            (await one.Client.InvokeAsync("Send", """{"room":"room","data":1}""")).Succeeded();
            await two.SignalAsync();
            await three.SignalAsync();
        });

        cost.Should().Equal(new Dictionary<string, long> { ["publish"] = 1 });
    }

    [Test]
    public async Task A_join_costs_one_round_trip_and_one_publish_for_each_other_node()
    {
        await using var there = await RawClient.JoinAsync(Second, "join");
        await using var here = await RawClient.JoinAsync(First, "join");
        await there.Client.MessageAsync("PeerJoined");

        RawPeer? joining = null;
        var cost = await CostAsync(async () =>
        {
            joining = await RawClient.JoinAsync(First, "join");
            await there.Client.MessageAsync("PeerJoined");
        });

        cost.Should().Equal(new Dictionary<string, long> { ["evalsha"] = 1, ["publish"] = 1 });
        await joining!.DisposeAsync();
    }

    [Test]
    public async Task The_first_join_of_a_node_in_a_room_also_names_the_room_without_waiting()
    {
        RawPeer? joining = null;

        var cost = await CostAsync(async () => joining = await RawClient.JoinAsync(First, "first"));

        cost.Should().Equal(new Dictionary<string, long> { ["evalsha"] = 1, ["sadd"] = 1 });
        await joining!.DisposeAsync();
    }

    [Test]
    public async Task A_connect_without_a_room_costs_nothing_and_neither_does_a_ping()
    {
        var cost = await CostAsync(async () =>
        {
            await using var client = await RawClient.ConnectAsync(First);
            for (var i = 0; i < 10; i++) (await client.InvokeAsync("Ping", "{}")).Succeeded();
        });

        cost.Should().BeEmpty();
    }

    /// <summary>The commands of an operation; the scripts' own commands, which run inside Redis, left out.</summary>
    private async Task<IReadOnlyDictionary<string, long>> CostAsync(Func<Task> operation)
    {
        var before = await QuietAsync();
        await operation();
        return (await QuietAsync()).Since(before).Where(call => !InScripts.Contains(call.Key)).ToDictionary();
    }

    /// <summary>The counts once nothing is under way any more: what a test before this one left behind, or what nobody waits for.</summary>
    private async Task<CommandStats> QuietAsync()
    {
        var stats = await CommandStats.ReadAsync(_cluster.Redis!);
        for (var quiet = 0; quiet < QuietReadings;)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var before = stats;
            stats = await CommandStats.ReadAsync(_cluster.Redis!);
            quiet = stats.Since(before).Keys.All(command => command is "ping") ? quiet + 1 : 0;
        }

        return stats;
    }

    private static async Task SendAsync(RawPeer sender, RawPeer receiver)
    {
        (await sender.SendDataAsync(receiver.Id, "1")).Succeeded();
        await receiver.SignalAsync();
    }
}
