using Signaling.Lab.Processes;
using Signaling.Lab.Regions;

namespace Signaling.Lab.Scenarios;

/// <summary>As many nodes again on the machines of a region, on a Redis of their own, configured as if there were no other regions.</summary>
internal sealed class LoneRegion : IAsyncDisposable
{
    private const int RedisPort = LabRegion.RedisPort + 1;
    private const int HubPort = HubNode.Port + 1;

    private readonly ChildProcess redis;

    private LoneRegion(LabRegion beside)
    {
        redis = beside.StartRedis(RedisPort);
        Nodes =
        [
            .. beside.Where.Nodes.Zip(beside.Nodes, (where, node) => new HubNode(
                $"{node.Name}-alone",
                node.Place,
                $"{where.Subnet}.2",
                HubPort,
                new Dictionary<string, string> { ["Region"] = beside.Name, ["Redis"] = $"{where.Subnet}.1:{RedisPort}" })),
        ];
    }

    public IReadOnlyList<HubNode> Nodes { get; }

    public static async Task<LoneRegion> StartAsync(LabRegion beside, CancellationToken cancellation)
    {
        var lone = new LoneRegion(beside);
        try
        {
            foreach (var node in lone.Nodes) await node.ReadyAsync(cancellation);
            return lone;
        }
        catch
        {
            await lone.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
        await redis.DisposeAsync();
    }
}
