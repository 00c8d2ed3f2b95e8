using Microsoft.Extensions.Options;
using Signaling.Hub.Operator;
using Signaling.Hub.Regions;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry;

namespace Signaling.Hub;

/// <summary>Where the hub is reached.</summary>
public static class SignalingEndpoints
{
    /// <summary>The hub's path.</summary>
    public const string HubPath = "/signaling";

    /// <summary>
    /// Maps the hub at <see cref="HubPath"/>, liveness at <c>/health/live</c>, readiness at <c>/health/ready</c> and <c>GET /regions</c>; and, unless operators have an address of their own,
    /// <c>GET /metrics</c>, <c>GET /operator/turn</c>, <c>POST /operator/drain</c> and the console at <c>/operator/console/</c>.
    /// </summary>
    public static IEndpointRouteBuilder MapSignaling(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<SignalingHub>(HubPath).StampRequests(endpoints.ServiceProvider.GetRequiredService<TimeProvider>());
        endpoints.MapHealth();
        endpoints.MapRegions();
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<SignalingOptions>>().Value.Operator.Url is null) endpoints.MapOperator();
        return endpoints;
    }
}
