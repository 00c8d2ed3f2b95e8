using System.IO.Compression;
using HdrHistogram;
using HdrHistogram.Utilities;
using Signaling.LoadTest.Measuring;

namespace Signaling.LoadTest.Reports;

/// <summary>HdrHistogram's compressed V2 encoding in base 64, which the ports for other languages read too.</summary>
internal static class HistogramText
{
    private const int CookieAndLengthBytes = 8;

    public static string Encode(HistogramBase values)
    {
        var buffer = ByteBuffer.Allocate(values.GetNeededByteBufferCapacity());
        var bytes = new byte[values.EncodeIntoCompressedByteBuffer(buffer)];
        buffer.Position = 0;
        for (var i = 0; i < bytes.Length; i++) bytes[i] = buffer.Get();
        return Convert.ToBase64String(bytes);
    }

    /// <exception cref="FormatException">It is not that encoding.</exception>
    public static HistogramBase Decode(string text)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            // The library's own decompression takes a short read of the stream for the end of it.
            using var zlib = new ZLibStream(new MemoryStream(bytes, CookieAndLengthBytes, bytes.Length - CookieAndLengthBytes), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            zlib.CopyTo(plain);
            return HistogramEncoding.DecodeFromByteBuffer(ByteBuffer.Allocate(plain.ToArray()), Times.HighestMicroseconds, null);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidDataException or NotSupportedException)
        {
            throw new FormatException($"A histogram is not in HdrHistogram's encoding: {failure.Message}");
        }
    }
}
