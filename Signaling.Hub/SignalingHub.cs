using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Ice;
using Signaling.Hub.Ice.RelayOnly;
using Signaling.Hub.Ice.Reports;
using Signaling.Hub.Operator.Console;
using Signaling.Hub.Relay;
using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry.Metrics;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Hub;

/// <summary>The way in for clients: finds the caller's peer, checks the shape of what it sends, and hands over to a feature.</summary>
internal sealed class SignalingHub(
    SessionFactory sessions, SessionRegistry open, Entrance entrance, Membership membership, ResumeWindow resume, SignalRouter router,
    IceServers ice, RelayOnlyRooms relayOnly, ConnectionReports reports, HubMetrics metrics, Chronicle chronicle, CallTraces traces, TimeProvider time) : Hub<ISignalingClient>, ISignalingHub
{
    private Session Session => Session.Of(Context);

    public override async Task OnConnectedAsync()
    {
        var request = ConnectRequest.Read(Context);
        var session = await sessions.OpenAsync(Context, request);
        open.Add(session);
        metrics.Connections.Opened(session);
        try
        {
            if (request.Join is { } join) await traces.JoinAsync(session, join, entrance.JoinAsync);
        }
        catch
        {
            // SignalR tells nobody of the end of a connection that it never took for open.
            open.Remove(session);
            metrics.Connections.Ended(session, ConnectionEnd.Refused);
            throw;
        }
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        var (session, wasInRoom) = (Session, Session.IsInRoom);
        await resume.DisconnectedAsync(session);
        open.Remove(session);
        var end = session.EndOf(wasInRoom, exception);
        metrics.Connections.Ended(session, end);
        chronicle.Ended(end);
    }

    public Task Join(JoinRequest request) => traces.JoinAsync(Session, request, entrance.JoinAsync);

    public Task Leave(RoomRequest request) => membership.LeaveAsync(Session, request.Room);

    public Task Send(Signal signal) => Spans.IsOn ? traces.SendAsync(Session, signal, RelayAsync) : RelayAsync(signal);

    public Task SetAttributes(AttributesUpdate update) => membership.UpdateAsync(Membership.PeerOf(Session, update.Room), update.Attributes);

    public Task<Roster> GetRoster(RoomRequest request) =>
        Task.FromResult(Membership.PeerOf(Session, request.Room).Room.Read());

    public Task<IceServerList> GetIceServers(RoomRequest request) =>
        Task.FromResult(ice.ForPeer(request.Room, Membership.PeerOf(Session, request.Room).Id));

    public Task ReportConnection(ConnectionReport report)
    {
        reports.Take(Membership.PeerOf(Session, report.Room), report);
        return Task.CompletedTask;
    }

    public Task<Pong> Ping(Ping ping)
    {
        metrics.Clients.Pinged(ping);
        chronicle.Pinged(ping);
        return Task.FromResult(new Pong { RosterVersions = Session.Peers.Where(pair => pair.Value.Over is null).ToDictionary(pair => pair.Key, pair => pair.Value.Room.Version) });
    }

    private Task RelayAsync(Signal signal)
    {
        var began = time.GetTimestamp();
        var sender = Membership.PeerOf(Session, signal.Room);
        SignalRules.Check(signal);
        relayOnly.Check(sender.Room.Id, signal);
        return router.RouteAsync(sender, signal, began);
    }
}
