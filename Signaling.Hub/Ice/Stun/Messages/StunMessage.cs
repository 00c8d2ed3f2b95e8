using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Signaling.Hub.Ice.Stun.Messages;

/// <summary>A message that somebody has sent: any bytes at all.</summary>
internal sealed class StunMessage
{
    private readonly byte[] _bytes;
    private readonly List<(ushort Type, int Start, int Length)> _attributes;

    private StunMessage(byte[] bytes, List<(ushort, int, int)> attributes)
    {
        (_bytes, _attributes) = (bytes, attributes);
        (Class, Method) = StunHeader.Read(bytes);
    }

    public StunClass Class { get; }

    public StunMethod Method { get; }

    public ReadOnlySpan<byte> TransactionId => _bytes.AsSpan(8, StunHeader.TransactionIdLength);

    /// <summary>The error code, from 300 to 699; <c>null</c> when there is none.</summary>
    public int? ErrorCode => Find(StunAttribute.ErrorCode) is [_, _, var hundreds, var rest, ..] && (hundreds & 7) is >= 3 and <= 6 && rest < 100
        ? ((hundreds & 7) * 100) + rest
        : null;

    /// <returns><c>null</c> when the bytes are not exactly one well-formed message.</returns>
    public static StunMessage? Parse(ReadOnlySpan<byte> bytes)
    {
        if (StunHeader.MessageLength(bytes) != bytes.Length) return null;
        var attributes = new List<(ushort, int, int)>();
        for (var at = StunHeader.Length; at < bytes.Length;)
        {
            var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
            var next = at + 4 + length + (-length & 3);
            if (next > bytes.Length) return null;
            attributes.Add((type, at + 4, length));
            if (type is StunAttribute.MessageIntegrity) break; // What comes behind it is not protected, and so not read.
            at = next;
        }

        return new StunMessage(bytes.ToArray(), attributes);
    }

    public string? Text(ushort type) => Has(type) ? Encoding.UTF8.GetString(Find(type)) : null;

    public bool Has(ushort type) => _attributes.Exists(attribute => attribute.Type == type);

    /// <summary>An address that is hidden from meddling NATs (RFC 8489 §14.2).</summary>
    public IPEndPoint? XorAddress(ushort type)
    {
        var value = Find(type);
        if ((value.Length, value.Length > 1 ? value[1] : 0) is not ((8, 1) or (20, 2))) return null;
        Span<byte> address = stackalloc byte[value.Length - 4];
        for (var i = 0; i < address.Length; i++) address[i] = (byte)(value[4 + i] ^ _bytes[4 + i]);
        return new IPEndPoint(new IPAddress(address), BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (int)(StunHeader.MagicCookie >> 16));
    }

    /// <summary>Whether it has a MESSAGE-INTEGRITY, by this key.</summary>
    public bool IsSignedWith(StunKey key)
    {
        if (Find(StunAttribute.MessageIntegrity) is not { Length: StunKey.IntegrityLength } integrity) return false;
        var start = _attributes[^1].Start;
        var signed = _bytes.AsSpan(0, start - 4).ToArray();
        StunHeader.WriteLength(signed, start + StunKey.IntegrityLength - StunHeader.Length);
        return key.Verify(signed, integrity);
    }

    /// <summary>The first of its type, which counts (RFC 8489 §14).</summary>
    private ReadOnlySpan<byte> Find(ushort type) =>
        _attributes.Find(attribute => attribute.Type == type) is { Start: > 0 } found ? _bytes.AsSpan(found.Start, found.Length) : default;
}
