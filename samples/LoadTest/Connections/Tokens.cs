using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.LoadTest.Connections;

/// <summary>The token of each peer: the one given, one minted from a shared secret, or none.</summary>
internal sealed class Tokens(RunOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials? key = options.Secret is null
        ? null
        : new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(options.Secret)), SecurityAlgorithms.HmacSha256);

    public string? For(int peer) => key is null ? options.Token : Mint(peer);

    private string Mint(int peer)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = options.Audience,
            IssuedAt = now,
            Expires = now + Lifetime,
            SigningCredentials = key,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = $"load-{peer}",
                ["rooms"] = new[] { options.RoomOf(peer) },
            },
        });
    }
}
