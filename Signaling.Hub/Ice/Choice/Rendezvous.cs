using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Hub.Ice.Choice;

/// <summary>
/// Weighted rendezvous hashing: each peer has its own order of the servers, always the same, and over many peers each server comes first as often as its
/// share says. A server that goes moves only the peers that it had.
/// </summary>
internal static class Rendezvous
{
    public static IEnumerable<T> Order<T>(IEnumerable<T> servers, string peerId, Func<T, string> key, Func<T, double> share) => servers
        .Where(server => share(server) > 0)
        .OrderByDescending(server => share(server) / -Math.Log(Draw(peerId, key(server))))
        .ThenBy(key, StringComparer.Ordinal);

    /// <summary>Between 0 and 1, both excluded.</summary>
    private static double Draw(string peerId, string server)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{peerId} {server}"), hash);
        return ((BinaryPrimitives.ReadUInt64BigEndian(hash) >> 12) + 0.5) / (1UL << 52);
    }
}
