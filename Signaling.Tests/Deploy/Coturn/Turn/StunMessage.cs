using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Signaling.Tests.Deploy.Coturn.Turn;

/// <summary>A STUN message (RFC 8489, section 5) with what TURN puts into it.</summary>
internal sealed record StunMessage(StunMethod Method, StunClass Class, byte[] Transaction)
{
    public const int HeaderBytes = 20;
    public const uint Cookie = 0x2112A442;

    private const int IntegrityBytes = 20;

    private readonly List<(StunAttribute Type, byte[] Value)> _attributes = [];

    public IEnumerable<StunAttribute> Attributes => _attributes.Select(attribute => attribute.Type);

    /// <summary>0 when it is no error.</summary>
    public int ErrorCode => Find(StunAttribute.ErrorCode) is { } value ? (value[2] * 100) + value[3] : 0;

    public static StunMessage Request(StunMethod method) => new(method, StunClass.Request, RandomNumberGenerator.GetBytes(12));

    public static StunMessage Parse(byte[] bytes)
    {
        var type = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var message = new StunMessage((StunMethod)(type & ~(int)StunClass.Error), (StunClass)(type & (int)StunClass.Error), bytes[8..HeaderBytes]);
        for (var at = HeaderBytes; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 2));
            message.Add((StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at)), bytes[(at + 4)..(at + 4 + length)]);
            at += 4 + Padded(length);
        }

        return message;
    }

    public StunMessage Add(StunAttribute type, byte[] value)
    {
        _attributes.Add((type, value));
        return this;
    }

    public byte[]? Find(StunAttribute type) => _attributes.Find(attribute => attribute.Type == type).Value;

    /// <param name="key">Signs it (RFC 8489, section 14.5).</param>
    public byte[] Encode(byte[]? key = null)
    {
        var bytes = new List<byte>(new byte[HeaderBytes]);
        foreach (var (type, value) in _attributes) Append(bytes, type, value);
        if (key is not null) Append(bytes, StunAttribute.MessageIntegrity, HMACSHA1.HashData(key, Header(bytes, 4 + IntegrityBytes)));
        return Header(bytes, 0);
    }

    private static int Padded(int length) => (length + 3) & ~3;

    private static void Append(List<byte> bytes, StunAttribute type, byte[] value)
    {
        var head = new byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)value.Length);
        bytes.AddRange(head);
        bytes.AddRange(value);
        bytes.AddRange(new byte[Padded(value.Length) - value.Length]);
    }

    /// <summary>The message so far, its length with what is still to come.</summary>
    private byte[] Header(List<byte> bytes, int more)
    {
        var message = bytes.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)((int)Method | (int)Class));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)(message.Length - HeaderBytes + more));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), Cookie);
        Transaction.CopyTo(message, 8);
        return message;
    }
}
