using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Signaling.Contracts;

namespace Signaling.Hub.Access;

/// <summary>Tells who a token is of (RFC 7519, RFC 8725).</summary>
internal sealed class TokenValidator
{
    private readonly JsonWebTokenHandler _handler = new();
    private readonly TokenValidationParameters _parameters;
    private readonly IHostEnvironment _environment;
    private readonly TimeSpan _leeway;

    public TokenValidator(KeyRing ring, IOptions<SignalingOptions> options, IHostEnvironment environment, TimeProvider time)
    {
        var access = options.Value.Access;
        (_environment, _leeway) = (environment, access.Leeway);
        _parameters = new TokenValidationParameters
        {
            ValidIssuer = access.Issuer,
            ValidAudience = access.Audience,
            IssuerSigningKeys = ring.Keys,
            ValidAlgorithms = [.. ring.Keys.Select(SigningKey.AlgorithmOf).Distinct()],
            LifetimeValidator = (notBefore, expires, _, _) => IsWithin(time.GetUtcNow(), notBefore, expires, _leeway),
        };
    }

    /// <exception cref="Refusal"><see cref="ErrorCode.Unauthorized"/> or <see cref="ErrorCode.TokenExpired"/>.</exception>
    public async Task<Caller> AuthenticateAsync(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return _environment.IsDevelopment() ? Caller.Guest : throw new Refusal(ErrorCode.Unauthorized, "A token is required.");
        }

        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid) throw Explain(result.Exception);
        var jwt = (JsonWebToken)result.SecurityToken;
        if (!SignalingIds.IsValid(jwt.Subject)) throw new Refusal(ErrorCode.Unauthorized, "The token's sub is no id.");
        return new Caller(
            jwt.Subject,
            jwt.TryGetPayloadValue<string[]>(TokenClaims.Rooms, out var rooms) ? rooms : [],
            jwt.TryGetPayloadValue<bool>(TokenClaims.Operator, out var isOperator) && isOperator,
            EndOf(jwt.ValidTo));
    }

    private DateTimeOffset EndOf(DateTime expires) => expires > DateTime.MaxValue - _leeway ? DateTimeOffset.MaxValue : new DateTimeOffset(expires, TimeSpan.Zero) + _leeway;

    private static bool IsWithin(DateTimeOffset now, DateTime? notBefore, DateTime? expires, TimeSpan leeway)
    {
        if (expires is null) throw new SecurityTokenNoExpirationException();
        if (now - leeway >= expires) throw new SecurityTokenExpiredException();
        return notBefore is null || now + leeway >= notBefore;
    }

    private static Refusal Explain(Exception failure) => failure switch
    {
        SecurityTokenExpiredException => new Refusal(ErrorCode.TokenExpired, "The token has expired."),
        SecurityTokenNoExpirationException => new Refusal(ErrorCode.Unauthorized, "The token has no exp."),
        SecurityTokenInvalidLifetimeException => new Refusal(ErrorCode.Unauthorized, "The token is not valid yet."),
        SecurityTokenInvalidAudienceException => new Refusal(ErrorCode.Unauthorized, "The token is for another audience."),
        SecurityTokenInvalidIssuerException => new Refusal(ErrorCode.Unauthorized, "The token is of another issuer."),
        SecurityTokenInvalidAlgorithmException => new Refusal(ErrorCode.Unauthorized, "The token's algorithm is not allowed here."),
        SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidSignatureException
            => new Refusal(ErrorCode.Unauthorized, "The token is not signed by a key of this hub."),
        _ => new Refusal(ErrorCode.Unauthorized, "The token is malformed."),
    };
}
