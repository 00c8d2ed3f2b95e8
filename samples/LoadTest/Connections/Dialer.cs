using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Signaling.LoadTest.Connections;

/// <summary>Opens WebSockets to hubs. Its own upgrade over a bare socket takes a sixth of the memory of a <see cref="ClientWebSocket"/>.</summary>
internal sealed class Dialer(IReadOnlyList<IPAddress> sources, bool insecure)
{
    private int dialled;

    /// <summary>Resolves a hub's name once, and keeps the addresses at which somebody listens.</summary>
    /// <exception cref="SocketException">Nobody does.</exception>
    public static async Task<HubAddress> ResolveAsync(Uri url, TimeSpan timeout, CancellationToken cancellation)
    {
        var found = new List<IPEndPoint>();
        SocketException? failure = null;
        foreach (var address in await Dns.GetHostAddressesAsync(url.Host, cancellation))
        {
            var endPoint = new IPEndPoint(address, url.Port);
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(timeout);
            try
            {
                await socket.ConnectAsync(endPoint, patience.Token);
                found.Add(endPoint);
            }
            catch (SocketException refused)
            {
                failure = refused;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                failure = new SocketException((int)SocketError.TimedOut);
            }
        }

        return found.Count > 0 ? new HubAddress(url, found) : throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <exception cref="ConnectFailure">The hub cannot be reached or refuses the upgrade.</exception>
    public async Task<WebSocket> OpenAsync(HubAddress hub, string query, string? token, CancellationToken cancellation)
    {
        var stream = await ConnectAsync(hub, cancellation);
        try
        {
            await Upgrade.RequestAsync(stream, hub.Url, query, token, cancellation);
            return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = false });
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<Stream> ConnectAsync(HubAddress hub, CancellationToken cancellation)
    {
        var number = (uint)Interlocked.Increment(ref dialled);
        var endPoint = hub.EndPoints[(int)(number % hub.EndPoints.Count)];
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (sources.Count > 0) socket.Bind(new IPEndPoint(sources[(int)(number % sources.Count)], 0));
            await socket.ConnectAsync(endPoint, cancellation);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return hub.IsSecure ? await SecureAsync(plain, hub.Url.Host, cancellation) : plain;
        }
        catch (Exception failure)
        {
            socket.Dispose();
            throw failure switch
            {
                AuthenticationException => new ConnectFailure(ConnectFailure.Untrusted, canRetry: false),
                SocketException or IOException => new ConnectFailure(ConnectFailure.Unreachable, canRetry: true),
                _ => failure,
            };
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream plain, string host, CancellationToken cancellation)
    {
        var secure = new SslStream(plain);
        var options = new SslClientAuthenticationOptions { TargetHost = host };
        if (insecure) options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        await secure.AuthenticateAsClientAsync(options, cancellation);
        return secure;
    }
}
