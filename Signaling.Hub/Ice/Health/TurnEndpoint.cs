using Microsoft.Extensions.Options;
using Signaling.Hub.Access;
using Signaling.Hub.Ice.Choice;

namespace Signaling.Hub.Ice.Health;

/// <summary>The operator's view of the STUN and TURN servers, as this node sees them: <c>GET /operator/turn</c>, with a token that has <c>operator: true</c>.</summary>
internal static class TurnEndpoint
{
    public const string Path = "/operator/turn";

    public static void MapTurn(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, ListAsync);

    private static async Task<IResult> ListAsync(HttpRequest request, OperatorAccess operators, KnownServers servers, IOptions<SignalingOptions> options) =>
        await operators.RefuseAsync(request) is { } refusal
            ? refusal
            : TypedResults.Json(new TurnView(options.Value.Region, [.. servers.All.Select(ServerView.Of)]));

    private sealed record TurnView(string Region, IReadOnlyList<ServerView> Servers);

    /// <param name="Region">Where it is; <c>null</c>: it is of every region.</param>
    /// <param name="Weight">As configured.</param>
    /// <param name="Capacity">As configured.</param>
    /// <param name="Secret">Which of the secrets mints for it, counted from 0; <c>null</c> for a server with a credential of its own.</param>
    /// <param name="Urls">Its URLs.</param>
    private sealed record ServerView(string? Region, int Weight, int Capacity, int? Secret, IReadOnlyList<UrlView> Urls)
    {
        public static ServerView Of(KnownServer server) => new(
            server.Options.Region,
            server.Options.Weight,
            server.Options.Capacity,
            server is { IsTurn: true, Options.IsMinted: true } ? server.Secret : null,
            [.. server.Urls.Select(url => UrlView.Of(url.Text, url.Health.Now))]);
    }

    /// <param name="Url">As configured.</param>
    /// <param name="Well">Whether peers get it.</param>
    /// <param name="Problem">Why not.</param>
    /// <param name="RoundTripMs">Of the last probe that was answered.</param>
    /// <param name="Since">Since when it has been so.</param>
    private sealed record UrlView(string Url, bool Well, string? Problem, double? RoundTripMs, DateTimeOffset Since)
    {
        public static UrlView Of(string url, UrlState state) => new(url, state.IsWell, state.Problem, state.RoundTrip?.TotalMilliseconds, state.Since);
    }
}
