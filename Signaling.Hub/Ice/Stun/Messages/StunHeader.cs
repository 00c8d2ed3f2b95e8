using System.Buffers.Binary;

namespace Signaling.Hub.Ice.Stun.Messages;

/// <summary>The 20 bytes in front of every message (RFC 8489 §5): type, length of what follows, magic cookie, transaction id.</summary>
internal static class StunHeader
{
    public const int Length = 20;
    public const int TransactionIdLength = 12;
    public const uint MagicCookie = 0x2112a442;

    /// <summary>How long the message is that begins with these bytes; <c>null</c> when they are not the header of one.</summary>
    public static int? MessageLength(ReadOnlySpan<byte> header)
    {
        if (header.Length < Length || header[0] > 0x3f || BinaryPrimitives.ReadUInt32BigEndian(header[4..]) != MagicCookie) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        return length % 4 == 0 ? Length + length : null;
    }

    public static void Write(Span<byte> header, StunClass kind, StunMethod method, ReadOnlySpan<byte> transactionId, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(header, TypeOf(kind, method));
        WriteLength(header, length);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], MagicCookie);
        transactionId.CopyTo(header[8..]);
    }

    public static void WriteLength(Span<byte> header, int length) => BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)length);

    /// <summary>The bits of the class lie between those of the method.</summary>
    public static (StunClass Kind, StunMethod Method) Read(ReadOnlySpan<byte> header)
    {
        var type = BinaryPrimitives.ReadUInt16BigEndian(header);
        var kind = ((type >> 7) & 0b10) | ((type >> 4) & 0b01);
        var method = ((type >> 2) & 0xf80) | ((type >> 1) & 0x070) | (type & 0x00f);
        return ((StunClass)kind, (StunMethod)method);
    }

    private static ushort TypeOf(StunClass kind, StunMethod method)
    {
        var (c, m) = ((int)kind, (int)method);
        return (ushort)(((m & 0xf80) << 2) | ((m & 0x070) << 1) | (m & 0x00f) | ((c & 0b10) << 7) | ((c & 0b01) << 4));
    }
}
