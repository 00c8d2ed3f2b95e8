using Prometheus;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary><c>GET /metrics</c>, in the text format of Prometheus.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        var registry = endpoints.ServiceProvider.GetRequiredService<MetricsRegistry>();
        if (!registry.IsOn) return;
        endpoints.ServiceProvider.GetRequiredService<HubMetrics>();
        endpoints.MapMetrics(Path, registry.Collectors);
    }
}
