using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Signaling.Hub.Access;
using Signaling.Hub.Limits;
using Signaling.Hub.Rooms;

namespace Signaling.Hub.Sessions;

/// <summary>One client connection: who it is, what it may do, and the peers that it is.</summary>
/// <remarks>Touched only by the connection's own hub calls, which SignalR runs one after another.</remarks>
internal sealed class Session(Caller caller, Outbox outbox, InvocationLimiter limiter)
{
    public Caller Caller => caller;

    public Outbox Outbox => outbox;

    public InvocationLimiter Limiter => limiter;

    /// <summary>The peers that this connection is, by room id.</summary>
    public Dictionary<string, Peer> Peers { get; } = new(StringComparer.Ordinal);

    public static Session Of(HubCallerContext connection) => connection.Features.GetRequiredFeature<Session>();
}
