using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>Hubs that come to Redis as the user of <c>deploy/redis</c>, over TLS: they lack nothing, try nothing else, and need all of it.</summary>
internal sealed class RedisAccessTests : FaultScenario
{
    private const string ForSentinel = "role";

    // They belong to several regions, and to a Redis that was emptied when a node was lost.
    private static readonly string[] ForMore = [ForSentinel, "hexists", "hkeys", "expire"];

    private static readonly Dictionary<string, string> Impatient = new() { ["Signaling__Rooms__ResumeWindow"] = "00:00:05" };

    private RedisProcess Redis => Cluster.Redis!;

    [Test]
    public async Task The_deployed_rule_lets_hubs_do_all_they_do_over_TLS_and_nothing_else_is_tried()
    {
        await StartAsync(new() { Redis = RedisUsers.Options with { Tls = true }, ConnectionSuffix = RedisUsers.Hub }, Impatient);

        await ResumeOnTheOtherNodeAsync();
        await LoseANodeAsync();
        (await Cluster.Nodes[0].Process.TerminateAsync()).Should().Be(0);
        await Cluster.Nodes[0].RestartAsync();
        await Cluster.ReadyAsync();
        await Crowd.TalkAsync(Talk);
        await SettleAsync();

        Cluster.Nodes.Should().OnlyContain(node => !node.Process.Output.Contains("Nothing arrives", StringComparison.Ordinal), "canaries sing");
        (await Redis.CliAsync("ACL", "LOG")).Should().BeEmpty("nothing was refused");
        (await UnusedAsync()).Should().BeSubsetOf(ForMore, "the rule allows only what hubs need");
    }

    [Test]
    public async Task The_deployed_rule_is_enough_for_a_failover_by_sentinels()
    {
        var set = Ours(await RedisSet.StartAsync(RedisUsers.Options));
        await StartAsync(new() { Redis = null, Connection = set.Client() + RedisUsers.Hub });

        var master = await set.FailOverAsync();
        await Cluster.ReadyAsync();
        await SurviveAsync();

        (await master.CliAsync("ACL", "LOG")).Should().BeEmpty("nothing was refused");
        (await CommandStats.ReadAsync(master))[ForSentinel].Should().BePositive();
    }

    [Test]
    public async Task The_deployed_rule_keeps_hubs_from_all_that_is_not_theirs()
    {
        await using var redis = await RedisProcess.StartAsync(RedisUsers.Options);
        string[][] refused = [["GET", "signaling:x"], ["SET", "other", "x"], ["PUBLISH", "other", "x"], ["SUBSCRIBE", "other"], ["CONFIG", "GET", "*"], ["KEYS", "*"], ["FLUSHALL"], ["ACL", "LIST"]];

        foreach (var command in refused)
        {
            var answer = await redis.Invoking(one => one.CliAsync(["--user", "signaling", "--pass", "CHANGE-ME-HUB", "--no-auth-warning", .. command])).Should().ThrowAsync<InvalidOperationException>();
            answer.WithMessage("*NOPERM*");
        }
    }

    [Test]
    public async Task A_hub_whose_last_word_Redis_refuses_ends_cleanly_all_the_same()
    {
        await using var redis = await RedisProcess.StartAsync(RedisUsers.Options);
        await using var node = await Node.StartAsync(new() { ConnectionSuffix = RedisUsers.Hub }, redis);
        await node.ReadyAsync();

        await redis.CliAsync("ACL", "SETUSER", "signaling", "-unlink");

        (await node.Process.TerminateAsync()).Should().Be(0);
        (await redis.CliAsync("ACL", "LOG")).Should().Contain("unlink");
    }

    private async Task ResumeOnTheOtherNodeAsync()
    {
        await using var watcher = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "access");
        await using var peer = await RawResume.JoinResumableAsync(Cluster.Nodes[0].HubUrl, "access");
        (await peer.Client.InvokeAsync("SetAttributes", """{"room":"access","attributes":{"hand":"raised"}}""")).Succeeded();
        peer.Client.Abort();
        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");

        await using var resumed = await peer.ResumeAsync(Cluster.Nodes[1].HubUrl);

        resumed.Id.Should().Be(peer.Id);
        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("connected");
        (await watcher.SendDataAsync(peer.Id, "1")).Succeeded();
        (await resumed.SignalAsync()).GetProperty("data").GetInt32().Should().Be(1);
        (await resumed.Client.InvokeAsync("Leave", """{"room":"access"}""")).Succeeded();
        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("left");
    }

    private async Task LoseANodeAsync()
    {
        await using var watcher = await RawClient.JoinAsync(Cluster.Nodes[0].HubUrl, "lost");
        await using var peer = await RawClient.JoinAsync(Cluster.Nodes[1].HubUrl, "lost");
        await watcher.Client.MessageAsync("PeerJoined");
        await Cluster.Nodes[1].Process.KillAsync();
        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("node-lost");
        await Cluster.Nodes[1].RestartAsync();
        await Cluster.Nodes[1].ReadyAsync();
    }

    private async Task<IEnumerable<string>> UnusedAsync()
    {
        var used = await CommandStats.ReadAsync(Redis);
        return RedisUsers.CommandsOf("signaling").Where(command => used[command] is 0);
    }
}
