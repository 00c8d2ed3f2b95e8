using Signaling.Hub.Access;

namespace Signaling.Hub.Sessions.Draining;

/// <summary>The operator's way to drain this node without a signal: <c>POST /operator/drain</c>, with a token that has <c>operator: true</c>.</summary>
internal static class DrainEndpoint
{
    public const string Path = "/operator/drain";

    public static void MapDrain(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, DrainAsync);

    private static async Task<IResult> DrainAsync(HttpRequest request, OperatorAccess operators, Drain drain, IHostApplicationLifetime host)
    {
        if (await operators.RefuseAsync(request) is { } refusal) return refusal;
        _ = DrainAndStopAsync(drain, host);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task DrainAndStopAsync(Drain drain, IHostApplicationLifetime host)
    {
        await drain.RunAsync();
        host.StopApplication();
    }
}
