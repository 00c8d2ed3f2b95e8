using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Signaling.Hub.Access;
using Signaling.Hub.Limits;
using Signaling.Hub.Rooms.Peers;

namespace Signaling.Hub.Sessions;

/// <summary>One client connection: who it is, what it may do, and the peers that it is.</summary>
internal sealed class Session(string connectionId, Caller caller, Outbox outbox, InvocationLimiter limiter)
{
    public string ConnectionId => connectionId;

    public Caller Caller => caller;

    /// <summary>Where the connection came from; a proxy's, unless the host heeds what proxies forward.</summary>
    public IPAddress? Address { get; init; }

    public Outbox Outbox => outbox;

    public InvocationLimiter Limiter => limiter;

    /// <summary>The peers that this connection is, or was, by room id. Touched only by the connection's own hub calls, which SignalR runs one after another.</summary>
    public Dictionary<string, Peer> Peers { get; } = new(StringComparer.Ordinal);

    public static Session Of(HubCallerContext connection) => connection.Features.GetRequiredFeature<Session>();
}
