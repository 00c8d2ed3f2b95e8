using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signaling.Hub.Redis;

namespace Signaling.Hub.Nodes;

/// <summary>Whether this node should get new connections: the region's Redis is there, the node is registered, and its canary sings.</summary>
internal sealed class NodeHealth(RedisLink redis, NodeService node, Canary canary) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        node.IsAlone ? HealthCheckResult.Healthy()
        : !redis.IsUp ? HealthCheckResult.Unhealthy("Redis is away.")
        : !node.IsRegistered ? HealthCheckResult.Unhealthy("This node is not registered yet.")
        : !canary.Sings ? HealthCheckResult.Unhealthy("Nothing arrives through the backplane.")
        : HealthCheckResult.Healthy());
}
