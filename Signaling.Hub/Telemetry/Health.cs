using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Signaling.Hub.Telemetry;

/// <summary>Live: the process runs; restart it when not. Ready: send it new connections. Two questions, two endpoints.</summary>
internal static class Health
{
    public const string ReadyTag = "ready";

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag) });
    }
}
