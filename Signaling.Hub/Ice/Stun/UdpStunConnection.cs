using System.Net;
using System.Net.Sockets;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Hub.Ice.Stun;

/// <summary>STUN over UDP: each request is sent again until it is answered (RFC 8489 §6.2.1).</summary>
internal sealed class UdpStunConnection : IStunConnection
{
    private static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(500);

    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly byte[] _buffer = new byte[2048];

    public UdpStunConnection(IPEndPoint server, TimeProvider time)
    {
        _time = time;
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Connect(server); // So that others are not heard, and a closed port is an error.
    }

    public async Task<StunMessage> AskAsync(StunRequest request, CancellationToken cancellationToken)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(request.ToBytes(), answered.Token);
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(_buffer, cancellationToken);
                if (StunMessage.Parse(_buffer.AsSpan(0, length)) is { } message && request.IsAnsweredBy(message)) return message;
            }
        }
        finally
        {
            await answered.CancelAsync();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        for (var pause = FirstRetransmission; ; pause *= 2)
        {
            await _socket.SendAsync(request, cancellationToken);
            await Task.Delay(pause, _time, cancellationToken);
        }
    }
}
