using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.LoadTest.Connections;

/// <summary>The opening handshake of a WebSocket (RFC 6455, section 4.1) over a stream.</summary>
internal static class Upgrade
{
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int MaxHeadBytes = 8 * 1024;
    private const int KeyBytes = 16;

    /// <exception cref="ConnectFailure">The server does not switch protocols.</exception>
    public static async Task RequestAsync(Stream stream, Uri url, string query, string? token, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        var buffer = ArrayPool<byte>.Shared.Rent(MaxHeadBytes);
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(url, query, token, key)), cancellation);
            var length = await ReadHeadAsync(stream, buffer, cancellation);
            Check(Encoding.ASCII.GetString(buffer, 0, length).Split("\r\n"), key);
        }
        catch (IOException)
        {
            throw new ConnectFailure(ConnectFailure.Closed, canRetry: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Head(Uri url, string query, string? token, string key) =>
        $"GET {url.AbsolutePath}?{query} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n" +
        (token is null ? "\r\n" : $"Authorization: Bearer {token}\r\n\r\n");

    /// <summary>Reads up to the empty line. A hub says nothing behind it before it has been spoken to.</summary>
    private static async Task<int> ReadHeadAsync(Stream stream, byte[] buffer, CancellationToken cancellation)
    {
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length < MaxHeadBytes ? await stream.ReadAsync(buffer.AsMemory(length, MaxHeadBytes - length), cancellation) : 0;
            if (read is 0) throw new ConnectFailure(length is 0 ? ConnectFailure.Closed : ConnectFailure.Malformed, canRetry: true);
            length += read;
        }

        return length;
    }

    private static void Check(string[] lines, string key)
    {
        var status = lines[0].Split(' ') is [_, var code, ..] ? code : "";
        if (status is not "101")
        {
            var retryAfter = int.TryParse(Header(lines, "Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? TimeSpan.FromSeconds(seconds)
                : (TimeSpan?)null;
            throw new ConnectFailure($"http-{status}", canRetry: status is "429" or ['5', ..], retryAfter);
        }

        // The suffix and SHA-1 are the RFC's; they prove that the server speaks WebSocket, and protect nothing.
        var expected = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
        if (Header(lines, "Sec-WebSocket-Accept") != expected) throw new ConnectFailure(ConnectFailure.Malformed, canRetry: false);
    }

    private static string? Header(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
