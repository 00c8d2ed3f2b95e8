using System.Buffers.Binary;
using System.Net;

namespace Signaling.Tests.Deploy.Coturn.Turn;

/// <summary>An address in a STUN message (RFC 8489, section 14.2): xor-ed with the cookie and, for IPv6, with the transaction id.</summary>
internal static class XorAddress
{
    private const byte Ipv4 = 1;
    private const byte Ipv6 = 2;

    public static byte[] Encode(IPEndPoint address, byte[] transaction)
    {
        var bytes = address.Address.GetAddressBytes();
        byte[] head = [0, bytes.Length is 4 ? Ipv4 : Ipv6, (byte)(address.Port >> 8), (byte)address.Port];
        return Xor([.. head, .. bytes], transaction);
    }

    public static IPEndPoint Decode(byte[] value, byte[] transaction)
    {
        var plain = Xor(value, transaction);
        return new IPEndPoint(new IPAddress(plain.AsSpan(4)), BinaryPrimitives.ReadUInt16BigEndian(plain.AsSpan(2)));
    }

    private static byte[] Xor(byte[] value, byte[] transaction)
    {
        var mask = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(mask, StunMessage.Cookie);
        byte[] whole = [0, 0, mask[0], mask[1], .. mask, .. transaction];
        return [.. value.Select((octet, index) => (byte)(octet ^ whole[index]))];
    }
}
