using Signaling.Lab.Routing;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>A signaling node: the hub, BIRD with the node's configuration, and the health watcher.</summary>
internal sealed class AnycastNode : IAsyncDisposable
{
    public const int Port = 8080;
    private static readonly string HubExecutable = Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll");

    private readonly NetworkNamespace _place;
    private readonly DirectoryInfo _page;
    private readonly string _name;
    private readonly string? _redis;
    private readonly NodeRouter _router;
    private bool _drains;

    private AnycastNode(string name, NetworkNamespace place, string? redis, NodeRouter router)
    {
        (_name, _place, _redis, _router) = (name, place, redis, router);
        _page = place.CreateFolder("page");
        File.WriteAllText(Path.Combine(_page.FullName, "index.html"), name);
        Hub = StartHub();
    }

    public ChildProcess Hub { get; private set; }

    /// <param name="name">What it calls itself, on its page and as the region of its welcomes.</param>
    /// <param name="subnet">The link to its edge, without the last part of the address.</param>
    /// <param name="place">Its machine.</param>
    /// <param name="redis">Of its region; none when it is alone.</param>
    public static async Task<AnycastNode> StartAsync(string name, NetworkNamespace place, string subnet, string? redis) =>
        new(name, place, redis, await NodeRouter.StartAsync(place, subnet, Port, $"{RoutedNetwork.Service4}/32", $"{RoutedNetwork.Service6.Trim('[', ']')}/128"));

    /// <summary>Stops the whole machine where it stands.</summary>
    public void Freeze()
    {
        _router.Freeze();
        Hub.Freeze();
    }

    /// <inheritdoc cref="NodeRouter.PrependAsync"/>
    public Task PrependAsync(int prepends) => _router.PrependAsync(prepends);

    /// <summary>Until the hub has moved its clients and ended; tells its exit code.</summary>
    public Task<int> DrainAsync()
    {
        _drains = true;
        return Hub.TerminateAsync();
    }

    /// <summary>Starts the hub again if it has ended, or is about to.</summary>
    public async Task HealAsync()
    {
        Hub.Thaw();
        _router.Thaw();
        if (!Hub.HasExited && !_drains) return;
        await Hub.DisposeAsync();
        (Hub, _drains) = (StartHub(), false);
    }

    public async ValueTask DisposeAsync()
    {
        await _router.DisposeAsync();
        await Hub.DisposeAsync();
    }

    private ChildProcess StartHub()
    {
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://[::]:{Port}",
            ["ASPNETCORE_ENVIRONMENT"] = "Development", // Lets guests in.
            ["DOTNET_NOLOGO"] = "1",
            ["Signaling__Region"] = _name,
            ["Signaling__Page__Folder"] = _page.FullName,
            ["Signaling__Drain__Notice"] = "00:00:06",
            ["Signaling__Drain__Spread"] = "00:00:01",
            ["Signaling__Drain__Deadline"] = "00:00:40",
        };
        if (_redis is not null) environment["Signaling__Redis"] = _redis;
        return _place.Start("dotnet", [HubExecutable], environment);
    }
}
