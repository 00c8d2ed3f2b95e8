using System.Buffers.Binary;
using System.Text;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Tests.Ice.Stun;

/// <summary>Puts the answers of a scripted server together, byte by byte.</summary>
internal static class Answer
{
    public static byte[] To(byte[] request, StunClass kind, params (ushort Type, byte[] Value)[] attributes)
    {
        byte[] body = [.. attributes.SelectMany(attribute => Attribute(attribute.Type, attribute.Value))];
        var header = new byte[20];
        StunHeader.Write(header, kind, StunHeader.Read(request).Method, request.AsSpan(8, 12), body.Length);
        return [.. header, .. body];
    }

    /// <summary>An error with a realm and a nonce, as a challenge has them.</summary>
    public static byte[] Challenge(byte[] request, int code, string nonce) => To(
        request,
        StunClass.Error,
        (StunAttribute.ErrorCode, [0, 0, (byte)(code / 100), (byte)(code % 100)]),
        (StunAttribute.Realm, Encoding.UTF8.GetBytes("fake")),
        (StunAttribute.Nonce, Encoding.UTF8.GetBytes(nonce)));

    /// <summary>127.0.0.1:1 as an address attribute has it.</summary>
    public static byte[] Address() => [0, 1, 0x21, 0x13, 0x7f ^ 0x21, 0x12, 0xa4, 0x01 ^ 0x42];

    public static byte[] Signed(byte[] request, StunKey key, params (ushort Type, byte[] Value)[] attributes)
    {
        var unsigned = To(request, StunClass.Success, attributes);
        BinaryPrimitives.WriteUInt16BigEndian(unsigned.AsSpan(2), (ushort)(unsigned.Length - 20 + 24));
        return [.. unsigned, 0x00, 0x08, 0x00, 0x14, .. key.Sign(unsigned)];
    }

    private static byte[] Attribute(ushort type, byte[] value)
    {
        byte[] bytes = [(byte)(type >> 8), (byte)type, (byte)(value.Length >> 8), (byte)value.Length, .. value];
        return [.. bytes, .. new byte[-bytes.Length & 3]];
    }
}
