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

    /// <summary>When it was asked for, a timestamp of the clock; 0 when that is not known.</summary>
    public long RequestedAt { get; init; }

    /// <summary>When it was taken, a timestamp of the clock.</summary>
    public long OpenedAt { get; init; }

    /// <summary>Cancelled when its WebSocket ends without having been closed.</summary>
    public CancellationToken SocketLost { get; init; }

    public bool IsInRoom => Peers.Values.Any(peer => peer.Over is null);

    /// <summary>How it has ended.</summary>
    /// <param name="wasInRoom">Whether it was in a room at its end.</param>
    /// <param name="failure">What SignalR says.</param>
    public ConnectionEnd EndOf(bool wasInRoom, Exception? failure) =>
        outbox.End
        ?? (failure is HubException ? ConnectionEnd.Dropped
            : wasInRoom && (failure is not null || SocketLost.IsCancellationRequested) ? ConnectionEnd.Lost
            : ConnectionEnd.Closed);

    public Outbox Outbox => outbox;

    public InvocationLimiter Limiter => limiter;

    /// <summary>The peers that this connection is, or was, by room id. Touched only by the connection's own hub calls, which SignalR runs one after another.</summary>
    public Dictionary<string, Peer> Peers { get; } = new(StringComparer.Ordinal);

    public static Session Of(HubCallerContext connection) => connection.Features.GetRequiredFeature<Session>();
}
