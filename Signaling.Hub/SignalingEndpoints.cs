using Signaling.Hub.Ice.Health;
using Signaling.Hub.Regions;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry;

namespace Signaling.Hub;

/// <summary>Where the hub is reached.</summary>
public static class SignalingEndpoints
{
    /// <summary>The hub's path.</summary>
    public const string HubPath = "/signaling";

    /// <summary>Maps the hub at <see cref="HubPath"/>, liveness at <c>/health/live</c>, readiness at <c>/health/ready</c>, <c>GET /regions</c>, <c>GET /operator/turn</c> and <c>POST /operator/drain</c>.</summary>
    public static IEndpointRouteBuilder MapSignaling(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHub<SignalingHub>(HubPath);
        endpoints.MapHealth();
        endpoints.MapRegions();
        endpoints.MapTurn();
        endpoints.MapDrain();
        return endpoints;
    }
}
