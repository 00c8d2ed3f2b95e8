using System.Net;
using Signaling.Tests.Hosting;
using StackExchange.Redis;

namespace Signaling.Tests.Faults.Redis;

/// <summary>A real redis-server.</summary>
internal sealed class RedisProcess : RedisDaemon
{
    private const string DumpFile = "dump.rdb";

    private readonly RedisOptions _options;
    private readonly TestCertificates? _certificates;

    private RedisProcess(RedisOptions options)
        : base("redis-server")
    {
        _options = options;
        _certificates = options.Tls ? TestCertificates.CreateIn(Folder) : null;
    }

    /// <summary>The authority that a client has to trust, as a PEM file; a child process takes it from <c>SSL_CERT_FILE</c>.</summary>
    public string? AuthorityFile => _certificates?.AuthorityFile;

    /// <summary>Of the default user, as sentinels need it.</summary>
    public string? DefaultPassword => _options.Password;

    protected override string? Password => _options.Password;

    protected override IEnumerable<string> CliArguments => _certificates is null ? [] : ["--tls", "--cacert", _certificates.AuthorityFile];

    public static async Task<RedisProcess> StartAsync(RedisOptions? options = null)
    {
        var redis = new RedisProcess(options ?? new());
        try
        {
            await redis.StartDaemonAsync();
            if (redis._options.Clustered) await redis.TakeAllSlotsAsync();
            return redis;
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }
    }

    /// <summary>For StackExchange.Redis, by itself or, as a string, in the hub's settings.</summary>
    /// <param name="port">Of a proxy before it; its own when absent.</param>
    public ConfigurationOptions Client(int? port = null)
    {
        var client = new ConfigurationOptions
        {
            EndPoints = { { IPAddress.Loopback, port ?? Port } },
            Password = _options.Password,
            Ssl = _options.Tls,
            AbortOnConnectFail = false,
        };
        if (AuthorityFile is not null) client.TrustIssuer(AuthorityFile);
        return client;
    }

    /// <summary>Stops it and starts it again.</summary>
    public async Task RestartAsync(bool keepData)
    {
        if (keepData) await CliAsync("SAVE");
        await StopAsync();
        if (!keepData) File.Delete(Path.Combine(Folder.FullName, DumpFile));
        await StartDaemonAsync();
    }

    /// <summary>Until it is a replica that has its master's data.</summary>
    public Task SyncedAsync() => Eventually.TrueAsync(
        async () => (await CliAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal), "the replica is in sync");

    private async Task TakeAllSlotsAsync()
    {
        await CliAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
        await Eventually.TrueAsync(async () => (await CliAsync("CLUSTER", "INFO")).Contains("cluster_state:ok", StringComparison.Ordinal), "the cluster is up");
    }

    protected override IEnumerable<string> Configure() =>
    [
        "save \"\"", "appendonly no", $"dbfilename {DumpFile}", "repl-diskless-sync-delay 0", "enable-debug-command local",
        .. _certificates is null ? (string[])[$"port {Port}"] : ["port 0", $"tls-port {Port}", "tls-auth-clients no", $"tls-ca-cert-file {_certificates.AuthorityFile}", $"tls-cert-file {_certificates.CertificateFile}", $"tls-key-file {_certificates.KeyFile}"],
        .. _options.Password is { } password ? (string[])[$"requirepass {password}", $"masterauth {password}"] : [],
        .. _options.Users.Select(user => $"user {user}"),
        .. _options.Clustered ? (string[])["cluster-enabled yes", $"cluster-port {FreePort()}"] : [],
        .. _options.ReplicaOf is { } master ? (string[])[$"replicaof 127.0.0.1 {master.Port}"] : [],
        .. _options.Settings,
    ];
}
