using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Signaling.Contracts;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Access;

/// <summary>Lets only operators pass: a token that has <c>operator: true</c>.</summary>
internal sealed class OperatorAccess(TokenValidator tokens)
{
    /// <returns>The answer to who is none; <c>null</c> for an operator.</returns>
    public Task<IResult?> RefuseAsync(HttpRequest request) => RefuseAsync(request, ConnectRequest.BearerOf(request.Headers), caller => caller.IsOperator);

    /// <summary>
    /// For what only looks. A browser's WebSocket names its token in the URL; Development's guests may look, but no page of another origin on their behalf. A connection that begins so can be told to end
    /// with its token.
    /// </summary>
    /// <returns>The answer to who may not; <c>null</c> for who may.</returns>
    public Task<IResult?> RefuseReaderAsync(HttpRequest request) => RefuseAsync(
        request,
        ConnectRequest.BearerOf(request.Headers) ?? request.Query[ConnectQuery.AccessToken].FirstOrDefault(),
        caller => caller.IsOperator || (caller == Caller.Guest && IsOfOwnOrigin(request)));

    private async Task<IResult?> RefuseAsync(HttpRequest request, string? token, Func<Caller, bool> mayPass)
    {
        try
        {
            var caller = await tokens.AuthenticateAsync(token);
            if (!mayPass(caller)) return TypedResults.StatusCode(StatusCodes.Status403Forbidden); // Forbid() would ask ASP.NET Core's own authentication, which the hub does not use.
            request.HttpContext.Features.Set<IAuthenticateResultFeature>(new Ticket(caller));
            return null;
        }
        catch (Refusal)
        {
            return TypedResults.Unauthorized();
        }
    }

    private static bool IsOfOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.FirstOrDefault() is not { } origin || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);

    /// <summary>Where SignalR looks for the time when a connection has to end.</summary>
    private sealed class Ticket(Caller caller) : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; } = AuthenticateResult.Success(new(new ClaimsPrincipal(), new() { ExpiresUtc = caller.Until }, "Bearer"));
    }
}
