using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Telemetry.Secrecy;

namespace Signaling.Hub.Sessions;

/// <summary>All that the hub takes from the connect request. Nothing else reads <see cref="HttpContext"/>.</summary>
/// <param name="Token">The bearer token.</param>
/// <param name="Version">The protocol version.</param>
/// <param name="Join">The room to join at once.</param>
/// <param name="Address">The client's address.</param>
/// <param name="ArrivedAt">When the request came, a timestamp of the clock; 0 when that is not known.</param>
/// <param name="SocketLost">Cancelled when a WebSocket ends without having been closed.</param>
internal sealed record ConnectRequest(string? Token, int Version, JoinRequest? Join, IPAddress? Address, long ArrivedAt, CancellationToken SocketLost)
{
    public static ConnectRequest Read(HubCallerContext connection)
    {
        var context = connection.Features.Get<IHttpContextFeature>()?.HttpContext ?? throw new InvalidOperationException("The connection did not come over HTTP.");
        var query = HiddenQuery.Of(context);
        return new ConnectRequest(
            BearerOf(context.Request.Headers) ?? query[ConnectQuery.AccessToken].FirstOrDefault(),
            VersionOf(query[ConnectQuery.Version].FirstOrDefault()),
            query[ConnectQuery.Room].FirstOrDefault() is not { } room ? null : new JoinRequest
            {
                Room = room,
                Name = query[ConnectQuery.Name].FirstOrDefault(),
                Acks = query[ConnectQuery.Acks].FirstOrDefault() is "1",
                Resumable = query[ConnectQuery.Resumable].FirstOrDefault() is "1",
                Resume = ResumeOf(query),
                Rejoin = query[ConnectQuery.Rejoin].FirstOrDefault() is "1",
                TraceParent = query[ConnectQuery.TraceParent].FirstOrDefault(),
            },
            context.Connection.RemoteIpAddress,
            RequestClock.StampOf(context),
            context.WebSockets.IsWebSocketRequest ? context.RequestAborted : CancellationToken.None);
    }

    public static string? BearerOf(IHeaderDictionary headers) =>
        headers.Authorization.FirstOrDefault() is { } value && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? value["Bearer ".Length..].Trim()
            : null;

    private static ResumeRequest? ResumeOf(IQueryCollection query) =>
        query[ConnectQuery.ResumePeer].FirstOrDefault() is { } peer && query[ConnectQuery.ResumeToken].FirstOrDefault() is { } token
            ? new ResumeRequest { PeerId = peer, Token = token, Attempt = AttemptOf(query[ConnectQuery.ResumeAttempt].FirstOrDefault()) }
            : null;

    private static long? AttemptOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : null;

    private static int VersionOf(string? text) =>
        text is null ? ProtocolVersion.V1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : 0;
}
