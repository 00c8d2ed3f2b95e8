using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Access;
using Signaling.Hub.Limits;
using Signaling.Hub.Sessions.Draining;

namespace Signaling.Hub.Sessions;

/// <summary>Makes a session of a new connection, once the node can take it and its caller is known.</summary>
internal sealed class SessionFactory(TokenValidator tokens, Admission admission, Drain drain, IOptions<SignalingOptions> options, TimeProvider time)
{
    /// <exception cref="Refusal">The node takes no more now, the version is not spoken here, or the token is not good.</exception>
    public async Task<Session> OpenAsync(HubCallerContext connection, ConnectRequest request)
    {
        if (drain.HasBegun) throw new Refusal(ErrorCode.GoingAway, "This node is about to stop.");
        admission.Acquire();
        if (request.Version is not ProtocolVersion.Current)
        {
            throw new Refusal(ErrorCode.UnsupportedVersion, $"This hub speaks version {ProtocolVersion.Current}.");
        }

        var session = new Session(
            connection.ConnectionId,
            await tokens.AuthenticateAsync(request.Token),
            connection.Features.GetRequiredFeature<Outbox>(),
            new InvocationLimiter(options.Value.Limits.InvocationsPerSecond))
        {
            Address = request.Address,
            RequestedAt = request.ArrivedAt,
            OpenedAt = time.GetTimestamp(),
            SocketLost = request.SocketLost,
        };
        connection.Features.Set(session);
        return session;
    }
}
