using System.Buffers;

namespace Signaling.LoadTest.Connections;

/// <summary>Cuts what arrives into SignalR's records. It holds a buffer only while it has bytes.</summary>
internal sealed class RecordSplitter : IDisposable
{
    public const byte Separator = 0x1e;

    private const int FirstSize = 16 * 1024;

    private byte[] buffer = [];
    private int length;
    private int taken;

    /// <summary>Room for the next bytes.</summary>
    public Memory<byte> Free()
    {
        if (buffer.Length is 0) buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
        if (length == buffer.Length) Grow();
        return buffer.AsMemory(length);
    }

    public void Filled(int bytes) => length += bytes;

    /// <summary>The next whole record without its separator. It is valid until the next call.</summary>
    public bool TryTake(out ReadOnlySpan<byte> record)
    {
        var rest = buffer.AsSpan(taken, length - taken);
        var end = rest.IndexOf(Separator);
        record = end < 0 ? default : rest[..end];
        if (end >= 0) taken += end + 1;
        else Compact();
        return end >= 0;
    }

    public void Dispose() => Release();

    private void Compact()
    {
        if (taken == length)
        {
            Release();
            return;
        }

        buffer.AsSpan(taken, length - taken).CopyTo(buffer);
        (length, taken) = (length - taken, 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private void Release()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length, taken) = ([], 0, 0);
    }
}
