using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Signaling.Hub.Ice.Credentials;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Hub.Ice.Stun;

/// <summary>Uses a server as a client would: a Binding (RFC 8489), and of a TURN server an allocation (RFC 8656), given back at once.</summary>
internal sealed class StunProbe(TimeProvider time)
{
    /// <param name="url">The server.</param>
    /// <param name="credentials">Of a TURN server, at least one; tried in this order until one is taken.</param>
    /// <param name="patience">How long it may take altogether.</param>
    /// <param name="stop">Ends the probe.</param>
    public async Task<ProbeResult> RunAsync(IceUrl url, IReadOnlyList<TurnCredential> credentials, TimeSpan patience, CancellationToken stop)
    {
        using var over = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stop);
        try
        {
            return await UseAsync(url, credentials, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new ProbeResult($"no answer within {patience.TotalSeconds:0.###} s");
        }
        catch (Exception failure) when (failure is StunException or SocketException or IOException or AuthenticationException)
        {
            return new ProbeResult(failure.Message);
        }
    }

    private async Task<ProbeResult> UseAsync(IceUrl url, IReadOnlyList<TurnCredential> credentials, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            // A server remembers whose a connection is: each credential needs one of its own.
            await using var connection = await ConnectAsync(url, cancellationToken);
            var began = time.GetTimestamp();
            await BindAsync(connection, url.IsTurn, cancellationToken);
            var roundTrip = time.GetElapsedTime(began);
            if (!url.IsTurn || await new TurnAllocation(connection, credentials[i]).TryAsync(cancellationToken)) return new ProbeResult(null, roundTrip, i);
            if (i == credentials.Count - 1) throw new StunException("it takes none of the credentials (401)");
        }
    }

    private async Task<IStunConnection> ConnectAsync(IceUrl url, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(url.Host, cancellationToken);
        if (addresses.Length is 0) throw new StunException("its name has no address");
        var server = new IPEndPoint(addresses[0], url.Port);
        return url.Transport is IceTransport.Udp
            ? new UdpStunConnection(server, time)
            : await StreamStunConnection.OpenAsync(server, url.Transport is IceTransport.Tls ? url.Host : null, cancellationToken);
    }

    /// <summary>A TURN server may want credentials even for this; that it answers is enough then.</summary>
    private static async Task BindAsync(IStunConnection connection, bool isTurn, CancellationToken cancellationToken)
    {
        var answer = await connection.AskAsync(new StunRequest(StunMethod.Binding), cancellationToken);
        if (isTurn && answer.Class is StunClass.Error) return;
        if (answer.Class is StunClass.Error) throw new StunException($"it refuses a Binding with {answer.ErrorCode}");
        if (answer.XorAddress(StunAttribute.XorMappedAddress) is null) throw new StunException("its answer to a Binding names no address");
    }
}
