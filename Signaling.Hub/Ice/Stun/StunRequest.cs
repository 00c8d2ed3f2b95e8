using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Hub.Ice.Stun;

/// <summary>Puts a request together.</summary>
internal sealed class StunRequest(StunMethod method)
{
    private readonly List<byte> _attributes = [];

    public byte[] TransactionId { get; init; } = RandomNumberGenerator.GetBytes(StunHeader.TransactionIdLength);

    public StunRequest Add(ushort type, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(head, type);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)value.Length);
        _attributes.AddRange(head);
        _attributes.AddRange(value);
        while (_attributes.Count % 4 != 0) _attributes.Add(0);
        return this;
    }

    public StunRequest Add(ushort type, string value) => Add(type, Encoding.UTF8.GetBytes(value));

    public StunRequest Add(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Add(type, bytes);
    }

    /// <summary>Adds MESSAGE-INTEGRITY over what there is so far.</summary>
    public StunRequest Sign(StunKey key) => Add(StunAttribute.MessageIntegrity, key.Sign(ToBytes(coming: 4 + StunKey.IntegrityLength)));

    public bool IsAnsweredBy(StunMessage message) =>
        message.Method == method && message.Class is (StunClass.Success or StunClass.Error) && message.TransactionId.SequenceEqual(TransactionId);

    public byte[] ToBytes() => ToBytes(coming: 0);

    private byte[] ToBytes(int coming)
    {
        var bytes = new byte[StunHeader.Length + _attributes.Count];
        StunHeader.Write(bytes, StunClass.Request, method, TransactionId, _attributes.Count + coming);
        _attributes.CopyTo(bytes, StunHeader.Length);
        return bytes;
    }
}
