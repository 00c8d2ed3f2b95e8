using Signaling.Contracts;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Access;

/// <summary>Lets only operators pass: a token that has <c>operator: true</c>.</summary>
internal sealed class OperatorAccess(TokenValidator tokens)
{
    /// <returns>The answer to who is none; <c>null</c> for an operator.</returns>
    public Task<IResult?> RefuseAsync(HttpRequest request) => RefuseAsync(ConnectRequest.BearerOf(request.Headers), caller => caller.IsOperator);

    /// <summary>For what only looks. A browser's WebSocket names its token in the URL; Development's guests may look, but no page of another origin on their behalf.</summary>
    /// <returns>The answer to who may not; <c>null</c> for who may.</returns>
    public Task<IResult?> RefuseReaderAsync(HttpRequest request) => RefuseAsync(
        ConnectRequest.BearerOf(request.Headers) ?? request.Query[ConnectQuery.AccessToken].FirstOrDefault(), caller => caller.IsOperator || (caller == Caller.Guest && IsOfOwnOrigin(request)));

    private async Task<IResult?> RefuseAsync(string? token, Func<Caller, bool> mayPass)
    {
        try
        {
            // Forbid() would ask ASP.NET Core's own authentication, which the hub does not use.
            return mayPass(await tokens.AuthenticateAsync(token)) ? null : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }
        catch (Refusal)
        {
            return TypedResults.Unauthorized();
        }
    }

    private static bool IsOfOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.FirstOrDefault() is not { } origin || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
}
