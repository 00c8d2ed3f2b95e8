using System.Security.Cryptography;
using System.Text;

namespace Signaling.Hub.Ice.Stun.Messages;

/// <summary>The key of a long-term credential, and what is signed with it (RFC 8489 §9.2.2 and §14.5; SHA-1 and MD5 are what TURN servers speak).</summary>
internal sealed class StunKey(string username, string realm, string password)
{
    public const int IntegrityLength = 20;

    private readonly byte[] _key = MD5.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));

    /// <summary>MESSAGE-INTEGRITY of a message that ends before that attribute, with its header counting it already.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA1.HashData(_key, message);

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> integrity) => CryptographicOperations.FixedTimeEquals(Sign(message), integrity);
}
