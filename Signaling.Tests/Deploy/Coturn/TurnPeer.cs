using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>The other end of a relay: a UDP socket.</summary>
internal sealed class TurnPeer(Socket socket)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly byte[] _buffer = new byte[ushort.MaxValue];

    public int Port => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>Whether anything waits to be read.</summary>
    public bool HasHeard => socket.Available > 0;

    public async Task<(string Text, IPEndPoint From)> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var anybody = new IPEndPoint(socket.AddressFamily is AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        var received = await socket.ReceiveFromAsync(_buffer, anybody, patience.Token);
        return (Encoding.UTF8.GetString(_buffer, 0, received.ReceivedBytes), (IPEndPoint)received.RemoteEndPoint);
    }

    /// <summary>How many datagrams have arrived, which it forgets.</summary>
    public async Task<int> DrainAsync()
    {
        var datagrams = 0;
        for (; HasHeard; datagrams++) await ReceiveAsync();
        return datagrams;
    }

    public async Task SendAsync(string text, IPEndPoint to) => await socket.SendToAsync(Encoding.UTF8.GetBytes(text), to);
}
