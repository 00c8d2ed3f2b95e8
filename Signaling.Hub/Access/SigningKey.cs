using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Signaling.Hub.Access;

/// <summary>Turns a configured key into one that signs or checks tokens.</summary>
internal static class SigningKey
{
    private const int MinSecretBytes = 32;
    private const int MinRsaBits = 2048;

    /// <summary>The algorithm that the key is for. A token that claims another is not checked with it.</summary>
    public static string AlgorithmOf(SecurityKey key) =>
        key is SymmetricSecurityKey ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256;

    public static bool CanSign(SecurityKey key) => key is SymmetricSecurityKey or RsaSecurityKey { PrivateKeyStatus: PrivateKeyStatus.Exists };

    public static SecurityKey From(KeyOptions options) => options.Secret is { } secret
        ? new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = options.Id }
        : new RsaSecurityKey(Rsa(options)) { KeyId = options.Id };

    /// <summary>What is wrong with a configured key, or <c>null</c>.</summary>
    public static string? Problem(KeyOptions options)
    {
        if (options.Secret is { } secret)
        {
            return Encoding.UTF8.GetByteCount(secret) < MinSecretBytes ? $"Secret has fewer than {MinSecretBytes} bytes." : null;
        }

        if ((options.PublicKey ?? options.PrivateKey) is null) return null;
        try
        {
            using var rsa = Rsa(options);
            return rsa.KeySize < MinRsaBits ? $"The RSA key has fewer than {MinRsaBits} bits." : null;
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            return $"{(options.PublicKey is null ? "PrivateKey" : "PublicKey")} is no RSA key in PEM form.";
        }
    }

    private static RSA Rsa(KeyOptions options)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(options.PublicKey ?? options.PrivateKey);
        return rsa;
    }
}
