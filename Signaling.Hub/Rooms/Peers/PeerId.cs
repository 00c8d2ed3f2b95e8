using System.Buffers.Text;
using System.Security.Cryptography;

namespace Signaling.Hub.Rooms.Peers;

/// <summary>Mints peer ids: 96 random bits in 16 characters.</summary>
internal static class PeerId
{
    public static string New()
    {
        Span<byte> random = stackalloc byte[12];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}
