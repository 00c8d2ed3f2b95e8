using StackExchange.Redis;

namespace Signaling.Tests.Faults.Redis;

/// <summary>The redis-server that the fault tests maltreat.</summary>
[TestFixture]
internal sealed class RedisProcessTests
{
    [Test]
    public async Task It_answers_once_started_and_is_gone_when_disposed()
    {
        var redis = await RedisProcess.StartAsync();
        (await redis.CliAsync("SET", "key", "value")).Should().Be("OK");
        (await redis.CliAsync("GET", "key")).Should().Be("value");
        (await redis.Invoking(one => one.CliAsync("NONSENSE")).Should().ThrowAsync<InvalidOperationException>()).WithMessage("*unknown command*");

        await redis.DisposeAsync();

        await redis.Invoking(one => one.CliAsync("PING")).Should().ThrowAsync<InvalidOperationException>().WithMessage("*refused*");
    }

    [TestCase(true, "value")]
    [TestCase(false, "")]
    public async Task A_restart_keeps_its_port_and_its_data_only_if_asked(bool keepData, string found)
    {
        await using var redis = await RedisProcess.StartAsync();
        var port = redis.Port;
        await redis.CliAsync("SET", "key", "value");

        await redis.RestartAsync(keepData);

        redis.Port.Should().Be(port);
        (await redis.CliAsync("GET", "key")).Should().Be(found);
    }

    [Test]
    public async Task Killed_it_forgets_all_and_starts_again()
    {
        await using var redis = await RedisProcess.StartAsync();
        await redis.CliAsync("SET", "key", "value");

        await redis.KillAsync();
        await redis.Invoking(one => one.CliAsync("PING")).Should().ThrowAsync<InvalidOperationException>();
        await redis.StartDaemonAsync();

        (await redis.CliAsync("GET", "key")).Should().BeEmpty();
    }

    [Test]
    public async Task Frozen_it_answers_when_thawed()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.Client());
        redis.Freeze();

        var ping = client.GetDatabase().PingAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        ping.IsCompleted.Should().BeFalse();
        redis.Thaw();

        await ping;
    }

    [Test]
    public async Task Users_see_what_their_rules_let_them()
    {
        await using var redis = await RedisProcess.StartAsync(new() { Password = "secret", Users = ["hub on >hub-secret ~sig:* &sig:* +@all -@dangerous"] });
        var options = redis.Client();
        (options.User, options.Password) = ("hub", "hub-secret");
        await using var client = await ConnectionMultiplexer.ConnectAsync(options);
        var database = client.GetDatabase();

        await database.StringSetAsync("sig:key", "value");

        (await database.Invoking(one => one.StringSetAsync("other", "value")).Should().ThrowAsync<RedisServerException>()).WithMessage("*NOPERM*");
        (await redis.CliAsync("GET", "sig:key")).Should().Be("value");
    }

    [Test]
    public async Task With_TLS_only_who_trusts_its_authority_gets_in()
    {
        await using var redis = await RedisProcess.StartAsync(new() { Tls = true, Password = "secret" });
        await using var client = await ConnectionMultiplexer.ConnectAsync(redis.Client());
        await client.GetDatabase().StringSetAsync("key", "value");

        var stranger = ConfigurationOptions.Parse($"127.0.0.1:{redis.Port},ssl=true,password=secret,connectRetry=1");

        await stranger.Invoking(options => ConnectionMultiplexer.ConnectAsync(options)).Should().ThrowAsync<RedisConnectionException>();
        (await redis.CliAsync("GET", "key")).Should().Be("value");
    }

    [Test]
    public async Task A_replica_follows_its_master()
    {
        await using var master = await RedisProcess.StartAsync(new() { Password = "secret" });
        await using var replica = await RedisProcess.StartAsync(new() { Password = "secret", ReplicaOf = master });
        await replica.SyncedAsync();

        await master.CliAsync("SET", "key", "value");

        await Eventually.TrueAsync(async () => await replica.CliAsync("GET", "key") == "value", "the replica has the key");
    }

    [Test]
    public async Task Command_counts_between_two_moments_are_those_of_the_clients()
    {
        await using var redis = await RedisProcess.StartAsync(new() { Password = "secret" });
        await redis.CliAsync("PUBLISH", "channel", "before");
        var before = await CommandStats.ReadAsync(redis);

        for (var i = 0; i < 3; i++) await redis.CliAsync("PUBLISH", "channel", "message");
        var during = (await CommandStats.ReadAsync(redis)).Since(before);

        during.Should().BeEquivalentTo(new Dictionary<string, long> { ["publish"] = 3, ["auth"] = 3 });
    }
}
