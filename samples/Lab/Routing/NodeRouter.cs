using Signaling.Lab.Processes;

namespace Signaling.Lab.Routing;

/// <summary>What stands beside a hub on its machine: BIRD with the node's configuration, and the watcher that tells it how the hub is.</summary>
internal sealed class NodeRouter : IAsyncDisposable
{
    private readonly string subnet;
    private readonly Bird bird;
    private readonly ChildProcess watcher;

    private NodeRouter(NetworkNamespace place, string subnet, int port)
    {
        this.subnet = subnet;
        bird = Bird.Start(place, new Dictionary<string, string>
        {
            ["bird.conf"] = Deployed.Text("anycast/node/bird.conf"),
            ["site.conf"] = Site(prepends: 0),
        });
        watcher = place.Start(
            Deployed.PathOf("anycast/node/health-watch.sh"), [], new Dictionary<string, string> { ["PORT"] = $"{port}", ["BIRDC"] = bird.Birdc, ["STATE"] = bird.State, ["RISE"] = "2" });
    }

    /// <param name="place">The node's machine.</param>
    /// <param name="subnet">Its link to the edge, without the last part.</param>
    /// <param name="port">Where its hub listens.</param>
    /// <param name="addresses">What is announced, with prefix lengths; on its loopback interface from now on.</param>
    public static async Task<NodeRouter> StartAsync(NetworkNamespace place, string subnet, int port, params IEnumerable<string> addresses)
    {
        foreach (var address in addresses) await place.RunAsync("ip", "address", "add", address, "dev", "lo");
        return new NodeRouter(place, subnet, port);
    }

    /// <summary>Makes the way to its region look longer, as its README says.</summary>
    public Task PrependAsync(int prepends) => bird.ConfigureAsync("site.conf", Site(prepends));

    public void Freeze()
    {
        watcher.Freeze();
        bird.Process.Freeze();
    }

    public void Thaw()
    {
        bird.Process.Thaw();
        watcher.Thaw();
    }

    public async ValueTask DisposeAsync()
    {
        await watcher.DisposeAsync();
        await bird.DisposeAsync();
    }

    private string Site(int prepends) => SiteFile.Edit(
        Deployed.Text("anycast/node/site.conf"), [("NODE_ADDRESS", $"{subnet}.2"), ("EDGE_ADDRESS", $"{subnet}.1"), ("PREPENDS", $"{prepends}"), .. SiteFile.Patient]);
}
