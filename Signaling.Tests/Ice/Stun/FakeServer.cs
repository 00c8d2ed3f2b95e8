using System.Net;
using System.Net.Sockets;
using Signaling.Hub.Ice;

namespace Signaling.Tests.Ice.Stun;

/// <summary>A server that answers each request with what a test gives it, over UDP and over TCP on one port.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Func<byte[], IEnumerable<byte[]>> _answer;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly UdpClient _datagrams;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FakeServer(Func<byte[], IEnumerable<byte[]>> answer)
    {
        _answer = answer;
        _listener.Start();
        _datagrams = new UdpClient((IPEndPoint)_listener.LocalEndpoint);
        _serving = Task.WhenAll(ServeDatagramsAsync(), ServeStreamsAsync());
    }

    public IceUrl Url(string transport) => IceUrl.Parse($"turn:127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}?transport={transport}")!;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _datagrams.Dispose();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeDatagramsAsync()
    {
        while (true)
        {
            var request = await _datagrams.ReceiveAsync(_stop.Token);
            foreach (var answer in _answer(request.Buffer)) await _datagrams.SendAsync(answer, request.RemoteEndPoint, _stop.Token);
        }
    }

    private async Task ServeStreamsAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await ServeAsync(client.GetStream());
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        var buffer = new byte[2048];
        try
        {
            while (await stream.ReadAsync(buffer, _stop.Token) is > 0 and var length)
            {
                foreach (var answer in _answer(buffer[..length])) await stream.WriteAsync(answer, _stop.Token);
            }
        }
        catch (IOException)
        {
            // The probe has hung up.
        }
    }
}
