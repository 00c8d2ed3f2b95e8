using StackExchange.Redis;

namespace Signaling.Tests.Faults.Redis;

/// <summary>Master, replica and sentinels.</summary>
[TestFixture]
internal sealed class RedisSetTests
{
    [Test]
    public async Task A_killed_master_is_followed_by_the_replica_and_comes_back_as_one()
    {
        await using var set = await RedisSet.StartAsync();
        await using var client = await ConnectionMultiplexer.ConnectAsync(set.Client());
        var first = await set.MasterAsync();
        await client.GetDatabase().StringSetAsync("before", "1");
        await Eventually.TrueAsync(async () => await set.Servers[1].CliAsync("GET", "before") == "1", "the replica has the key");

        var second = await set.FailOverAsync();
        second.Should().NotBe(first);
        (await second.CliAsync("GET", "before")).Should().Be("1");
        await first.StartDaemonAsync();
        await set.ReadyAsync();
        var third = await set.FailOverAsync();

        third.Should().Be(first, "what came back was a replica, and took over in turn");
        await Eventually.TrueAsync(() => TrySetAsync(client), "the client has found the new master");
        (await third.CliAsync("GET", "after")).Should().Be("1");
    }

    private static async Task<bool> TrySetAsync(ConnectionMultiplexer client)
    {
        try
        {
            return await client.GetDatabase().StringSetAsync("after", "1");
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
