using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Hub.Ice.Stun;

/// <summary>STUN over TCP, or over TLS on it: one message after another, each as long as its header says (RFC 8489 §6.2.2).</summary>
internal sealed class StreamStunConnection : IStunConnection
{
    private readonly Stream _stream;

    private StreamStunConnection(Stream stream) => _stream = stream;

    /// <param name="server">Where to.</param>
    /// <param name="tlsHost">The name that the server's certificate must have; <c>null</c> for TCP alone.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<StreamStunConnection> OpenAsync(IPEndPoint server, string? tlsHost, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (tlsHost is null) return new(stream);

            var tls = new SslStream(stream);
            stream = tls;
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = tlsHost }, cancellationToken);
            return new(tls);
        }
        catch
        {
            if (stream is not null) await stream.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    public async Task<StunMessage> AskAsync(StunRequest request, CancellationToken cancellationToken)
    {
        await _stream.WriteAsync(request.ToBytes(), cancellationToken);
        while (true)
        {
            if (await ReadAsync(cancellationToken) is { } message && request.IsAnsweredBy(message)) return message;
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<StunMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        var header = new byte[StunHeader.Length];
        await _stream.ReadExactlyAsync(header, cancellationToken);
        var length = StunHeader.MessageLength(header) ?? throw new StunException("it does not answer with STUN");
        var bytes = new byte[length];
        header.CopyTo(bytes, 0);
        await _stream.ReadExactlyAsync(bytes.AsMemory(StunHeader.Length), cancellationToken);
        return StunMessage.Parse(bytes);
    }
}
