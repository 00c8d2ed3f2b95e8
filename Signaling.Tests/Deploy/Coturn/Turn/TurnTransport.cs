using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Signaling.Tests.Deploy.Coturn.Turn;

/// <summary>How a client talks to the server: whole messages, STUN or channel data.</summary>
internal abstract class TurnTransport : IDisposable
{
    /// <summary>Whether nothing gets lost, so that there is nothing to send again.</summary>
    public abstract bool IsReliable { get; }

    public abstract ValueTask SendAsync(byte[] message, CancellationToken cancellation);

    /// <exception cref="EndOfStreamException">The server has closed the connection.</exception>
    public abstract ValueTask<byte[]> ReceiveAsync(CancellationToken cancellation);

    public abstract void Dispose();
}

internal sealed class UdpTransport(Socket socket, EndPoint server) : TurnTransport
{
    public override bool IsReliable => false;

    public override async ValueTask SendAsync(byte[] message, CancellationToken cancellation) => await socket.SendToAsync(message, server, cancellation);

    public override async ValueTask<byte[]> ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new byte[ushort.MaxValue];
        var received = await socket.ReceiveFromAsync(buffer, server, cancellation);
        return buffer[..received.ReceivedBytes];
    }

    public override void Dispose() => socket.Dispose();
}

/// <summary>TCP or TLS. Channel data is padded here (RFC 8656, section 12.5).</summary>
internal sealed class StreamTransport(Stream stream) : TurnTransport
{
    public override bool IsReliable => true;

    public override async ValueTask SendAsync(byte[] message, CancellationToken cancellation)
    {
        await stream.WriteAsync((byte[])[.. message, .. new byte[-message.Length & 3]], cancellation);
        await stream.FlushAsync(cancellation);
    }

    public override async ValueTask<byte[]> ReceiveAsync(CancellationToken cancellation)
    {
        var head = new byte[4];
        await stream.ReadExactlyAsync(head, cancellation);
        var length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
        var isStun = head[0] < 0x40;
        var rest = new byte[isStun ? StunMessage.HeaderBytes - 4 + length : (length + 3) & ~3];
        await stream.ReadExactlyAsync(rest, cancellation);
        return isStun ? [.. head, .. rest] : [.. head, .. rest[..length]];
    }

    public override void Dispose() => stream.Dispose();
}
