namespace Signaling.Tests.Faults.Redis;

/// <summary>A real redis-sentinel that watches one master together with others.</summary>
internal sealed class SentinelProcess : RedisDaemon
{
    private readonly RedisProcess _master;
    private readonly int _quorum;

    private SentinelProcess(RedisProcess master, int quorum)
        : base("redis-sentinel") => (_master, _quorum) = (master, quorum);

    public static async Task<SentinelProcess> StartAsync(RedisProcess master, int quorum)
    {
        var sentinel = new SentinelProcess(master, quorum);
        try
        {
            await sentinel.StartDaemonAsync();
            return sentinel;
        }
        catch
        {
            await sentinel.DisposeAsync();
            throw;
        }
    }

    /// <summary>The port of the master as this sentinel sees it.</summary>
    public async Task<int> MasterPortAsync() =>
        int.Parse((await CliAsync("SENTINEL", "GET-MASTER-ADDR-BY-NAME", RedisSet.Name)).Split('\n')[1]);

    /// <summary>Whether it knows so many other sentinels and replicas that answer, without which there is no failover.</summary>
    public async Task<bool> KnowsAsync(int sentinels, int replicas)
    {
        var master = await CliAsync("SENTINEL", "MASTER", RedisSet.Name);
        return Field(master, "num-other-sentinels") == $"{sentinels}"
            && Field(master, "flags") == "master"
            && CountReachable(await CliAsync("SENTINEL", "REPLICAS", RedisSet.Name), "slave") >= replicas
            && CountReachable(await CliAsync("SENTINEL", "SENTINELS", RedisSet.Name), "sentinel") == sentinels;
    }

    protected override IEnumerable<string> Configure() =>
    [
        $"port {Port}",
        $"sentinel monitor {RedisSet.Name} 127.0.0.1 {_master.Port} {_quorum}",
        .. _master.DefaultPassword is { } password ? (string[])[$"sentinel auth-pass {RedisSet.Name} {password}"] : [],
        $"sentinel down-after-milliseconds {RedisSet.Name} 2000",
        $"sentinel failover-timeout {RedisSet.Name} 4000",
    ];

    private static string Field(string answer, string name) => answer.Split('\n').SkipWhile(line => line != name).ElementAtOrDefault(1) ?? "";

    /// <summary>Flags are a list; one that is down or cut off has more than its kind.</summary>
    private static int CountReachable(string answer, string flags) =>
        answer.Split('\n').Zip(answer.Split('\n').Skip(1)).Count(pair => pair is ("flags", var value) && value == flags);
}
