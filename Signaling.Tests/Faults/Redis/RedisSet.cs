using System.Net;
using StackExchange.Redis;

namespace Signaling.Tests.Faults.Redis;

/// <summary>A master, a replica and three sentinels that fail over by themselves.</summary>
internal sealed class RedisSet : IAsyncDisposable
{
    public const string Name = "signaling";
    private const int SentinelCount = 3;
    private const int Quorum = 2;
    private static readonly TimeSpan FailoverPatience = TimeSpan.FromSeconds(60);

    private readonly List<RedisProcess> _servers = [];
    private readonly List<SentinelProcess> _sentinels = [];

    private RedisSet()
    {
    }

    public IReadOnlyList<RedisProcess> Servers => _servers;

    public IReadOnlyList<SentinelProcess> Sentinels => _sentinels;

    /// <param name="options">Of both servers.</param>
    public static async Task<RedisSet> StartAsync(RedisOptions? options = null)
    {
        var set = new RedisSet();
        try
        {
            await set.StartAllAsync(options ?? new());
            return set;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    /// <summary>For StackExchange.Redis, by itself or, as a string, in the hub's settings: finds the master by the sentinels.</summary>
    public ConfigurationOptions Client()
    {
        var client = new ConfigurationOptions { ServiceName = Name, AbortOnConnectFail = false };
        foreach (var sentinel in _sentinels) client.EndPoints.Add(IPAddress.Loopback, sentinel.Port);
        return client;
    }

    /// <summary>The master that most sentinels agree on.</summary>
    public async Task<RedisProcess> MasterAsync()
    {
        var ports = await Task.WhenAll(_sentinels.Select(sentinel => sentinel.MasterPortAsync()));
        return _servers.Single(server => server.Port == ports.GroupBy(port => port).MaxBy(votes => votes.Count())!.Key);
    }

    /// <summary>Until a failover would succeed: all know each other, and the replica is in sync.</summary>
    public Task ReadyAsync() => Eventually.TrueAsync(
        async () => (await Task.WhenAll(_sentinels.Select(sentinel => sentinel.KnowsAsync(SentinelCount - 1, replicas: 1)))).All(known => known),
        "the sentinels know each other, the master and the replica",
        FailoverPatience);

    /// <summary>Kills the master and waits for its successor.</summary>
    public async Task<RedisProcess> FailOverAsync()
    {
        await ReadyAsync();
        var old = await MasterAsync();
        await old.KillAsync();
        await Eventually.TrueAsync(() => FollowsAsync(old), "another master has taken over", FailoverPatience);
        return await MasterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var daemon in _sentinels.Concat<RedisDaemon>(_servers)) await daemon.DisposeAsync();
    }

    private async Task StartAllAsync(RedisOptions options)
    {
        _servers.Add(await RedisProcess.StartAsync(options));
        _servers.Add(await RedisProcess.StartAsync(options with { ReplicaOf = _servers[0] }));
        await _servers[1].SyncedAsync();
        for (var i = 0; i < SentinelCount; i++) _sentinels.Add(await SentinelProcess.StartAsync(_servers[0], Quorum));
        await ReadyAsync();
    }

    private async Task<bool> FollowsAsync(RedisProcess old)
    {
        var ports = await Task.WhenAll(_sentinels.Select(sentinel => sentinel.MasterPortAsync()));
        return ports.All(port => port != old.Port)
            && (await (await MasterAsync()).CliAsync("ROLE")).StartsWith("master", StringComparison.Ordinal);
    }
}
