using System.Net.Sockets;
using System.Net;
using Signaling.Tests.Network;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Deploy.Anycast;

/// <summary>Somebody in a continent: all sockets are opened in its namespace.</summary>
internal sealed class AnycastClient(NetworkNamespace place) : IDisposable
{
    private readonly SocketsHttpHandler _handler = new()
    {
        PooledConnectionLifetime = TimeSpan.Zero, // Each question is a new connection.
        UseProxy = false,
        ConnectCallback = async (connection, cancellation) =>
        {
            var address = IPAddress.Parse(connection.DnsEndPoint.Host);
            var socket = await place.OpenSocketAsync(address.AddressFamily);
            try
            {
                await socket.ConnectAsync(address, connection.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private HttpMessageInvoker Way => field ??= new HttpMessageInvoker(_handler);

    /// <summary>The name of the node that answers; none when nobody does.</summary>
    public async Task<string?> AskAsync(string address = AnycastNetwork.Service4)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1.5), TimeProvider.System);
            using var question = new HttpRequestMessage(HttpMethod.Get, Url(address));
            using var answer = await Way.SendAsync(question, patience.Token);
            return await answer.Content.ReadAsStringAsync(patience.Token);
        }
        catch (Exception silence) when (silence is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    public Task<RawPeer> JoinAsync(string room, string address) => RawResume.JoinResumableAsync(Url(address, "signaling"), room, way: Way);

    public Task<RawPeer> ResumeAsync(RawPeer peer) => peer.ResumeAsync(Url(AnycastNetwork.Service4, "signaling"), way: Way);

    public void Dispose() => Way.Dispose();

    private static Uri Url(string address, string path = "") => new($"http://{address}:{AnycastNode.Port}/{path}");
}
