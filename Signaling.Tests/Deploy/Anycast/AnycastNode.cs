using Signaling.Tests.Hosting;
using Signaling.Tests.Network;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>A signaling node: the hub, BIRD with the node's configuration, and the health watcher.</summary>
internal sealed class AnycastNode : IAsyncDisposable
{
    public const int Port = 8080;
    private static readonly string HubExecutable = Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll");

    private readonly NetworkNamespace _place;
    private readonly DirectoryInfo _page = Directory.CreateTempSubdirectory("signaling-page-");
    private readonly string? _redis;
    private readonly Bird _bird;
    private readonly ChildProcess _watcher;
    private bool _drains;

    private AnycastNode(string name, NetworkNamespace place, string subnet, string? redis)
    {
        (Name, Subnet, _place, _redis) = (name, subnet, place, redis);
        File.WriteAllText(Path.Combine(_page.FullName, "index.html"), name);
        Hub = StartHub();
        _bird = Bird.Start(place, new Dictionary<string, string>
        {
            ["bird.conf"] = Deployed.Text("node/bird.conf"),
            ["site.conf"] = Site(prepends: 0),
        });
        _watcher = place.Start(
            Deployed.PathOf("node/health-watch.sh"), [], new Dictionary<string, string> { ["PORT"] = $"{Port}", ["BIRDC"] = _bird.Birdc, ["STATE"] = _bird.State, ["RISE"] = "2" });
    }

    /// <summary>What it calls itself, on its page and as the region of its welcomes.</summary>
    public string Name { get; }

    /// <summary>The link to its edge, without the last part of the address.</summary>
    public string Subnet { get; }

    public ChildProcess Hub { get; private set; }

    public static async Task<AnycastNode> StartAsync(string name, NetworkNamespace place, string subnet, string? redis)
    {
        await place.RunAsync("ip", "address", "add", $"{AnycastNetwork.Service4}/32", "dev", "lo");
        await place.RunAsync("ip", "address", "add", $"{AnycastNetwork.Service6.Trim('[', ']')}/128", "dev", "lo");
        return new AnycastNode(name, place, subnet, redis);
    }

    /// <summary>Stops the whole machine where it stands.</summary>
    public void Freeze()
    {
        foreach (var process in new[] { _watcher, _bird.Process, Hub }) process.Freeze();
    }

    /// <summary>Makes the way to its region look longer, as its README says.</summary>
    public Task PrependAsync(int prepends) => _bird.ConfigureAsync("site.conf", Site(prepends));

    /// <summary>Until the hub has moved its clients and ended; tells its exit code.</summary>
    public Task<int> DrainAsync()
    {
        _drains = true;
        return Hub.TerminateAsync();
    }

    /// <summary>Starts the hub again if it has ended, or is about to.</summary>
    public async Task HealAsync()
    {
        Thaw();
        if (!Hub.HasExited && !_drains) return;
        await Hub.DisposeAsync();
        (Hub, _drains) = (StartHub(), false);
    }

    public async ValueTask DisposeAsync()
    {
        await _watcher.DisposeAsync();
        await _bird.DisposeAsync();
        await Hub.DisposeAsync();
        _page.Delete(recursive: true);
    }

    private string Site(int prepends) => SiteFile.Edit(
        Deployed.Text("node/site.conf"), [("NODE_ADDRESS", $"{Subnet}.2"), ("EDGE_ADDRESS", $"{Subnet}.1"), ("PREPENDS", $"{prepends}"), .. SiteFile.Patient]);

    private void Thaw()
    {
        foreach (var process in new[] { Hub, _bird.Process, _watcher }) process.Thaw();
    }

    private ChildProcess StartHub()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://[::]:{Port}",
            ["ASPNETCORE_ENVIRONMENT"] = "Development", // Lets guests in.
            ["DOTNET_NOLOGO"] = "1",
            ["Signaling__Region"] = Name,
            ["Signaling__Page__Folder"] = _page.FullName,
            ["Signaling__Drain__Notice"] = "00:00:06",
            ["Signaling__Drain__Spread"] = "00:00:01",
            ["Signaling__Drain__Deadline"] = "00:00:40",
        };
        if (_redis is not null) environment["Signaling__Redis"] = _redis;
        return _place.Start("dotnet", [HubExecutable], environment);
    }
}
