using System.Buffers;
using Signaling.LoadTest.Connections;

namespace Signaling.LoadTest.Messages;

/// <summary>One outgoing record in a rented buffer.</summary>
internal sealed class Record(int capacity)
{
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int length;

    /// <summary>Where its JSON goes.</summary>
    public Span<byte> Free => buffer.AsSpan(0, capacity - 1);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Ends it behind so many bytes of JSON.</summary>
    public Record End(bool written, int bytes)
    {
        if (!written) throw new InvalidOperationException($"The record does not fit into {capacity} bytes.");
        buffer[bytes] = RecordSplitter.Separator;
        length = bytes + 1;
        return this;
    }

    public void Return() => ArrayPool<byte>.Shared.Return(buffer);
}
