using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.Hub.Access;

/// <summary>Mints tokens that this hub accepts.</summary>
internal sealed class TokenMinter(KeyRing ring, IOptions<SignalingOptions> options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <exception cref="InvalidOperationException">No configured key can sign.</exception>
    public string Mint(string user, IEnumerable<string> rooms, TimeSpan lifetime, bool isOperator = false)
    {
        var key = ring.Keys.FirstOrDefault(SigningKey.CanSign)
            ?? throw new InvalidOperationException("No configured key can sign: set a Secret or a PrivateKey under Signaling:Access:Keys.");
        var now = time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Sub] = user, [TokenClaims.Rooms] = rooms.ToArray() };
        if (isOperator) claims[TokenClaims.Operator] = true;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Value.Access.Issuer,
            Audience = options.Value.Access.Audience,
            IssuedAt = now,
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(key, SigningKey.AlgorithmOf(key)),
            Claims = claims,
        });
    }
}
