using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Regions of hub processes, each with a Redis of its own, and the links between them, each direction through a proxy of its own.</summary>
internal sealed class RegionSet : IAsyncDisposable
{
    private readonly Dictionary<string, Cluster> _regions = [];
    private readonly Dictionary<string, RedisProcess> _redises = [];
    private readonly Dictionary<(string From, string To), FaultProxy> _links = [];

    public Cluster this[string region] => _regions[region];

    public IReadOnlyList<string> Names => [.. _regions.Keys];

    public IEnumerable<FaultProxy> Links => _links.Values;

    public static async Task<RegionSet> StartAsync(RegionSetOptions? options = null)
    {
        options ??= new();
        var set = new RegionSet();
        try
        {
            foreach (var name in options.Names) set._redises.Add(name, await RedisProcess.StartAsync(options.Redis));
            set.Connect(options);
            var starting = options.Names.Select(name => (name, Cluster: Cluster.StartAsync(set.OptionsOf(name, options)))).ToArray();
            foreach (var (name, cluster) in starting) set._regions.Add(name, await cluster);
            await set.ReadyAsync();
            return set;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way from one region's hubs to another region's Redis.</summary>
    public FaultProxy Link(string from, string to) => _links[(from, to)];

    public Task ReadyAsync() => Task.WhenAll(_regions.Values.Select(cluster => cluster.ReadyAsync()));

    /// <summary>Nothing passes between the regions, until <see cref="Heal"/>.</summary>
    public void Cut()
    {
        foreach (var link in Links) link.Freeze();
    }

    public void Heal()
    {
        foreach (var link in Links) link.Thaw();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _regions.Values) await cluster.DisposeAsync();
        foreach (var redis in _redises.Where(redis => !_regions.ContainsKey(redis.Key))) await redis.Value.DisposeAsync();
        foreach (var link in Links) await link.DisposeAsync();
    }

    private void Connect(RegionSetOptions options)
    {
        foreach (var from in options.Names)
        {
            foreach (var to in options.Names.Where(to => to != from))
            {
                var link = new FaultProxy(new Uri($"redis://127.0.0.1:{_redises[to].Port}"));
                link.Impair(new() { Delay = options.Delay, Jitter = options.Jitter });
                _links.Add((from, to), link);
            }
        }
    }

    private ClusterOptions OptionsOf(string region, RegionSetOptions options) => new()
    {
        Nodes = options.Nodes,
        Running = _redises[region],
        ConnectionSuffix = options.ConnectionSuffix,
        Settings = SettingsOf(region, options),
    };

    private Dictionary<string, string> SettingsOf(string region, RegionSetOptions options)
    {
        var settings = new Dictionary<string, string>(options.Settings) { ["Signaling__Region"] = region };
        for (var i = 0; i < options.Names.Count; i++)
        {
            var name = options.Names[i];
            settings[$"Signaling__Regions__{i}__Name"] = name;
            settings[$"Signaling__Regions__{i}__Url"] = $"https://{name}.example.com";
            if (name != region) settings[$"Signaling__Regions__{i}__Redis"] = _redises[name].Client(_links[(region, name)].Url.Port) + options.LinkSuffix;
        }

        if (_redises[region].AuthorityFile is not null) settings["SSL_CERT_FILE"] = Bundle();
        return settings;
    }

    /// <summary>The authorities of all regions in one file.</summary>
    private string Bundle()
    {
        var bundle = Path.Combine(Path.GetDirectoryName(_redises.Values.First().AuthorityFile)!, "bundle.pem");
        File.WriteAllText(bundle, string.Join('\n', _redises.Values.Select(redis => File.ReadAllText(redis.AuthorityFile!))));
        return bundle;
    }
}
