using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

/// <summary>The contract's methods, answered by <see cref="FakeRooms"/>.</summary>
internal sealed class FakeHubEndpoint(FakeRooms rooms) : Hub<ISignalingClient>, ISignalingHub
{
    public override async Task OnConnectedAsync()
    {
        var query = Context.GetHttpContext()!.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        await rooms.ConnectAsync(Context.ConnectionId, query);
    }

    public override Task OnDisconnectedAsync(Exception? exception) => rooms.DisconnectAsync(Context.ConnectionId);

    public Task Join(JoinRequest request) => rooms.JoinAsync(Context.ConnectionId, request);

    public Task Leave(RoomRequest request) => rooms.LeaveAsync(Context.ConnectionId, request.Room);

    public Task Send(Signal signal) => rooms.SendAsync(Context.ConnectionId, signal, Context.ConnectionAborted);

    public Task SetAttributes(AttributesUpdate update) => rooms.SetAttributesAsync(Context.ConnectionId, update);

    public Task<Roster> GetRoster(RoomRequest request) => rooms.GetRosterAsync(request.Room);

    public Task<IceServerList> GetIceServers(RoomRequest request) => rooms.FetchIceAsync(request.Room);

    public Task ReportConnection(ConnectionReport report) => rooms.ReportAsync(report);

    public Task<Pong> Ping(Ping ping) => Task.FromResult(new Pong { RosterVersions = new Dictionary<string, long>() });
}
