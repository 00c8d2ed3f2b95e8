using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;
using Signaling.Hub.Ice;
using Signaling.Hub.Relay;
using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions;

namespace Signaling.Hub;

/// <summary>The way in for clients: finds the caller's peer, checks the shape of what it sends, and hands over to a feature.</summary>
internal sealed class SignalingHub(SessionFactory sessions, RoomRegistry rooms, IceServers ice) : Hub<ISignalingClient>, ISignalingHub
{
    private Session Session => Session.Of(Context);

    public override async Task OnConnectedAsync()
    {
        var request = ConnectRequest.Read(Context);
        var session = await sessions.OpenAsync(Context, request);
        if (request.Join is { } join) rooms.Join(session, join);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        rooms.LeaveAll(Session, LeaveReason.Disconnected);
        return Task.CompletedTask;
    }

    public Task Join(JoinRequest request)
    {
        rooms.Join(Session, request);
        return Task.CompletedTask;
    }

    public Task Leave(RoomRequest request)
    {
        rooms.Leave(Session, request.Room);
        return Task.CompletedTask;
    }

    public Task Send(Signal signal)
    {
        var sender = RoomRegistry.PeerOf(Session, signal.Room);
        SignalRules.Check(signal);
        SignalRouter.Route(sender, signal);
        return Task.CompletedTask;
    }

    public Task SetAttributes(AttributesUpdate update)
    {
        var peer = RoomRegistry.PeerOf(Session, update.Room);
        peer.Room.Update(peer, update.Attributes);
        return Task.CompletedTask;
    }

    public Task<Roster> GetRoster(RoomRequest request) =>
        Task.FromResult(RoomRegistry.PeerOf(Session, request.Room).Room.Read());

    public Task<IceServerList> GetIceServers(RoomRequest request)
    {
        RoomRegistry.PeerOf(Session, request.Room);
        return Task.FromResult(ice.ForPeer());
    }

    public Task<Pong> Ping(Ping ping) =>
        Task.FromResult(new Pong { RosterVersions = Session.Peers.ToDictionary(pair => pair.Key, pair => pair.Value.Room.Version) });
}
