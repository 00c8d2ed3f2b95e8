using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>A JSON Web Token put together by hand (RFC 7515), so that it can be wrong in any way.</summary>
internal sealed record RawToken
{
    private static readonly JsonSerializerOptions Unset = new() { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public string Algorithm { get; init; } = "HS256";

    public string? Subject { get; init; } = "mina";

    public object? Rooms { get; init; } = new[] { "math-101" };

    public string? Issuer { get; init; } = "signaling";

    public string? Audience { get; init; } = "signaling";

    public DateTimeOffset? Expires { get; init; } = TimeProvider.System.GetUtcNow().AddHours(1);

    public DateTimeOffset? NotBefore { get; init; }

    public bool? IsOperator { get; init; }

    public string SignHmac(string secret) => Sign(body => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public string SignRsa(RSA key) =>
        (this with { Algorithm = "RS256" }).Sign(body => key.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string Unsigned() => (this with { Algorithm = "none" }).Sign(_ => []);

    private string Sign(Func<byte[], byte[]> signature)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { typ = "JWT", alg = Algorithm });
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                sub = Subject,
                rooms = Rooms,
                @operator = IsOperator,
                iss = Issuer,
                aud = Audience,
                exp = Expires?.ToUnixTimeSeconds(),
                nbf = NotBefore?.ToUnixTimeSeconds(),
            },
            Unset);
        var body = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{body}.{Base64Url.EncodeToString(signature(Encoding.ASCII.GetBytes(body)))}";
    }
}
