using Signaling.Contracts;
using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Redis;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Faults.Nodes;

/// <summary>Two regions of one service: a hub process and a Redis each, reached through a proxy whose address stays when the hub does not.</summary>
internal sealed class RegionPair : IAsyncDisposable
{
    public const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly RedisProcess[] _redis;
    private readonly HubProcess?[] _hubs = new HubProcess?[2];
    private readonly Uri?[] _addresses = new Uri?[2];

    private RegionPair(RedisProcess[] redis)
    {
        _redis = redis;
        Ways = [.. Enumerable.Range(0, 2).Select(i => new FaultProxy(
            cancellation => FaultProxy.ConnectAsync((_addresses[i] ?? throw new System.Net.Sockets.SocketException()).Port, cancellation), new Uri("http://127.0.0.1/")))];
    }

    /// <summary>The way of clients to each region.</summary>
    public IReadOnlyList<FaultProxy> Ways { get; }

    public IReadOnlyList<RegionInfo> Regions => [.. Ways.Select((way, i) => new RegionInfo { Name = Name(i), Url = way.Url.AbsoluteUri.TrimEnd('/') })];

    public static async Task<RegionPair> StartAsync()
    {
        var pair = new RegionPair([await RedisProcess.StartAsync(), await RedisProcess.StartAsync()]);
        try
        {
            await Task.WhenAll(pair.StartAsync(0), pair.StartAsync(1));
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    public static string Name(int region) => region is 0 ? "seoul" : "frankfurt";

    /// <summary>Ends a region's hub without a chance to say goodbye.</summary>
    public async Task KillAsync(int region)
    {
        var hub = _hubs[region]!;
        (_hubs[region], _addresses[region]) = (null, null);
        await hub.DisposeAsync();
    }

    /// <summary>Starts a region's hub, and waits until it takes connections.</summary>
    public async Task StartAsync(int region)
    {
        _hubs[region] = HubProcess.Start(Environment(region));
        _addresses[region] = await _hubs[region]!.AddressAsync();
        using var http = new HttpClient { BaseAddress = _addresses[region] };
        await Eventually.TrueAsync(
            async () => (await http.GetAsync(new Uri("health/ready", UriKind.Relative))).IsSuccessStatusCode, $"{Name(region)} is ready");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var way in Ways) await way.DisposeAsync();
        foreach (var hub in _hubs)
        {
            if (hub is not null) await hub.DisposeAsync();
        }

        foreach (var redis in _redis) await redis.DisposeAsync();
    }

    private Dictionary<string, string> Environment(int region)
    {
        var environment = new Dictionary<string, string>
        {
            ["Signaling__Access__Keys__0__Secret"] = Secret,
            ["Signaling__Region"] = Name(region),
            ["Signaling__Redis"] = Redis(region),
        };
        for (var i = 0; i < 2; i++)
        {
            environment[$"Signaling__Regions__{i}__Name"] = Name(i);
            environment[$"Signaling__Regions__{i}__Url"] = Regions[i].Url;
            environment[$"Signaling__Regions__{i}__Redis"] = Redis(i);
        }

        return environment;
    }

    private string Redis(int region) => _redis[region].Client().ToString(includePassword: true);
}
