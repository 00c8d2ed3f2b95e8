using Microsoft.Extensions.Diagnostics.HealthChecks;
using Signaling.Hub.Redis;

namespace Signaling.Hub.Nodes;

/// <summary>Whether this node should get new connections: the region's Redis is there, the node is registered, and its canary sings.</summary>
internal sealed class NodeHealth(RedisLink redis, NodeService node, Canary canary) : IHealthCheck
{
    /// <summary>Why it should not; <c>null</c> when it should.</summary>
    public string? Problem =>
        node.IsAlone ? null
        : !redis.IsUp ? "Redis is away."
        : !node.IsRegistered ? "This node is not registered yet."
        : !canary.Sings ? "Nothing arrives through the backplane."
        : null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}
