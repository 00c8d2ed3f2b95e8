using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Signaling.Hub.Telemetry;

/// <summary>Live: the process runs; restart it when not. Ready: send it new connections. Two questions, two endpoints.</summary>
internal static class Health
{
    public const string ReadyTag = "ready";

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(ReadyTag), ResponseWriter = WriteForAnyPage });
    }

    /// <summary>Pages of every origin measure how near a region is, and whether it takes them.</summary>
    private static Task WriteForAnyPage(HttpContext context, HealthReport report)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(report.Status.ToString());
    }
}
