using Microsoft.AspNetCore.Http.HttpResults;
using Signaling.Hub.Access;

namespace Signaling.Hub.Sessions;

/// <summary>The operator's way to drain this node without a signal: <c>POST /operator/drain</c>, with a token that has <c>operator: true</c>.</summary>
internal static class DrainEndpoint
{
    public const string Path = "/operator/drain";

    public static void MapDrain(this IEndpointRouteBuilder endpoints) => endpoints.MapPost(Path, DrainAsync);

    private static async Task<Results<Accepted, UnauthorizedHttpResult, StatusCodeHttpResult>> DrainAsync(
        HttpRequest request, TokenValidator tokens, Drain drain, IHostApplicationLifetime host)
    {
        try
        {
            var caller = await tokens.AuthenticateAsync(ConnectRequest.BearerOf(request.Headers));
            // Forbid() would ask ASP.NET Core's own authentication, which the hub does not use.
            if (!caller.IsOperator) return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }
        catch (Refusal)
        {
            return TypedResults.Unauthorized();
        }

        _ = DrainAndStopAsync(drain, host);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task DrainAndStopAsync(Drain drain, IHostApplicationLifetime host)
    {
        await drain.RunAsync();
        host.StopApplication();
    }
}
