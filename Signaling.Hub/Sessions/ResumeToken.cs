using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Hub.Sessions;

/// <summary>The secret that resumes a peer. The hub keeps only its hash.</summary>
internal static class ResumeToken
{
    /// <summary>128 random bits.</summary>
    public static string New()
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }

    public static string Hash(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return Base64Url.EncodeToString(hash);
    }
}
