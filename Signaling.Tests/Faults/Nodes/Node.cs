using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Faults.Nodes;

/// <summary>One hub of a cluster, over any number of processes, and its way to Redis.</summary>
internal sealed class Node : IAsyncDisposable
{
    private static readonly HttpClient Http = new();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _environment;

    private Node(Dictionary<string, string> environment, FaultProxy? redis) => (_environment, Redis) = (environment, redis);

    /// <summary>The running or last process.</summary>
    public HubProcess Process { get; private set; } = null!;

    /// <summary>The hub's own address; another one after a restart.</summary>
    public Uri Address { get; private set; } = null!;

    public Uri HubUrl => new(Address, "signaling");

    /// <summary>Its link to Redis, if the cluster has it go through a proxy.</summary>
    public FaultProxy? Redis { get; }

    public static async Task<Node> StartAsync(ClusterOptions options, RedisProcess? redis)
    {
        var proxy = redis is not null && options.ProxiesRedis ? new FaultProxy(new Uri($"redis://127.0.0.1:{redis.Port}")) : null;
        var node = new Node(Environment(options, redis, proxy?.Url.Port), proxy);
        try
        {
            await node.StartAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Until it takes connections.</summary>
    public Task ReadyAsync() => HealthAsync("ready", healthy: true);

    /// <summary>Until its health endpoint says so.</summary>
    public Task HealthAsync(string question, bool healthy) => Eventually.TrueAsync(
        async () => await IsHealthyAsync(question) == healthy, $"{Address} is {(healthy ? "" : "not ")}{question}", Patience);

    /// <param name="question"><c>live</c> or <c>ready</c>.</param>
    public async Task<bool> IsHealthyAsync(string question)
    {
        using var answer = await Http.GetAsync(new Uri(Address, $"health/{question}"));
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Starts a new process in the place of one that has ended.</summary>
    public async Task RestartAsync()
    {
        await Process.DisposeAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (Redis is not null) await Redis.DisposeAsync();
    }

    private static Dictionary<string, string> Environment(ClusterOptions options, RedisProcess? redis, int? port)
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development", // Lets guests in.
            ["Signaling__Limits__InvocationsPerSecond"] = "1000",
            ["Logging__Console__FormatterName"] = "simple",
            ["Logging__Console__FormatterOptions__TimestampFormat"] = "HH:mm:ss.fff ", // So that what several hubs say can be put in order.
        };
        if (redis is not null) environment["Signaling__Redis"] = redis.Client(port).ToString(includePassword: true) + options.ConnectionSuffix;
        if (options.Connection is { } connection) environment["Signaling__Redis"] = connection;
        if (redis?.AuthorityFile is { } authority) environment["SSL_CERT_FILE"] = authority;
        foreach (var (name, value) in options.Settings) environment[name] = value;
        return environment;
    }

    private async Task StartAsync()
    {
        Process = HubProcess.Start(_environment);
        Address = await Process.AddressAsync();
    }
}
