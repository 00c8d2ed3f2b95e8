using Signaling.Hub.Sessions;

namespace Signaling.Hub.Access;

/// <summary>Lets only operators pass: a token that has <c>operator: true</c>.</summary>
internal sealed class OperatorAccess(TokenValidator tokens)
{
    /// <returns>The answer to who is none; <c>null</c> for an operator.</returns>
    public async Task<IResult?> RefuseAsync(HttpRequest request)
    {
        try
        {
            var caller = await tokens.AuthenticateAsync(ConnectRequest.BearerOf(request.Headers));
            // Forbid() would ask ASP.NET Core's own authentication, which the hub does not use.
            return caller.IsOperator ? null : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }
        catch (Refusal)
        {
            return TypedResults.Unauthorized();
        }
    }
}
