using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Nodes;

namespace Signaling.Tests.Browser;

/// <summary>Someone's own way into a cluster, where the test says to which node a balancer leads them.</summary>
internal sealed class Entrance : IAsyncDisposable
{
    private readonly Balancer _balancer;
    private readonly FaultProxy _proxy;

    public Entrance(Node node)
    {
        Node = node;
        _balancer = new Balancer(() => [Node.Address], TimeProvider.System);
        _proxy = new FaultProxy(_balancer.ConnectAsync, new Uri("http://127.0.0.1/"));
    }

    /// <summary>Where new connections go, once it is ready.</summary>
    public Node Node { get; set; }

    /// <summary>The page's address; the same whatever the node.</summary>
    public Uri Address => _proxy.Url;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _balancer.Dispose();
    }
}
