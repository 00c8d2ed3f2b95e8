using System.Buffers.Binary;

namespace Signaling.Tests.Tracing.Otlp;

/// <summary>Reads the wire format of Protocol Buffers: as much of it as spans need.</summary>
internal static class Protobuf
{
    /// <summary>The fields of a message in their order.</summary>
    public static IEnumerable<Field> Fields(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new Field(number, default, Varint(ref message));
                    break;
                case 1:
                    yield return new Field(number, default, BinaryPrimitives.ReadUInt64LittleEndian(message.Span));
                    message = message[8..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    yield return new Field(number, message[..length], 0);
                    message = message[length..];
                    break;
                case 5:
                    yield return new Field(number, default, BinaryPrimitives.ReadUInt32LittleEndian(message.Span));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"There is no wire type {tag & 7}.");
            }
        }
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        ulong value = 0;
        for (var i = 0; ; i++)
        {
            var part = message.Span[i];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part >= 0x80) continue;
            message = message[(i + 1)..];
            return value;
        }
    }

    /// <param name="Number">Which field.</param>
    /// <param name="Bytes">A text, bytes or a message.</param>
    /// <param name="Value">A number.</param>
    internal readonly record struct Field(int Number, ReadOnlyMemory<byte> Bytes, ulong Value)
    {
        public IEnumerable<Field> Message => Fields(Bytes);

        public string Text => System.Text.Encoding.UTF8.GetString(Bytes.Span);

        public string Hex => Convert.ToHexStringLower(Bytes.Span);
    }
}
