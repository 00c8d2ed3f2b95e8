using Signaling.Hub.Ice.Health;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Sessions.Draining;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Operator;

/// <summary>What is for operators only.</summary>
internal static class OperatorEndpoints
{
    public static void MapOperator(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMetrics();
        endpoints.MapTurn();
        endpoints.MapDrain();
        endpoints.MapConsole();
    }
}
