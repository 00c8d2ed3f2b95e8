using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.Hub.Access;

/// <summary>The keys of this hub. In Development, a hub without any has one that everybody knows.</summary>
internal sealed class KeyRing(IOptions<SignalingOptions> options, IHostEnvironment environment)
{
    private const string DevelopmentSecret = "development-only: not a secret, anybody can mint tokens with it";

    public IReadOnlyList<SecurityKey> Keys { get; } = options.Value.Access.Keys switch
    {
        { Count: > 0 } configured => [.. configured.Select(SigningKey.From)],
        _ when environment.IsDevelopment() => [SigningKey.From(new KeyOptions { Id = "development", Secret = DevelopmentSecret })],
        _ => [],
    };
}
