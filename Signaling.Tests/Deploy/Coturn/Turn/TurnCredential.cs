using System.Security.Cryptography;
using System.Text;

namespace Signaling.Tests.Deploy.Coturn.Turn;

/// <summary>What a hub gives a peer.</summary>
internal sealed record TurnCredential(string User, string Password)
{
    public static TurnCredential Of(string secret, string id, TimeSpan life)
    {
        var user = $"{(TimeProvider.System.GetUtcNow() + life).ToUnixTimeSeconds()}:{id}";
        return new TurnCredential(user, Convert.ToBase64String(HMACSHA1.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(user))));
    }

    /// <summary>The key of long-term credentials (RFC 8489, section 9.2.2).</summary>
    public byte[] Key(string realm) => MD5.HashData(Encoding.UTF8.GetBytes($"{User}:{realm}:{Password}"));
}
