using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Signaling.Hub.Sessions.Draining;

/// <summary>A node that drains gets no new connections.</summary>
internal sealed class DrainHealth(Drain drain) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(drain.HasBegun ? HealthCheckResult.Unhealthy("This node is draining.") : HealthCheckResult.Healthy());
}
