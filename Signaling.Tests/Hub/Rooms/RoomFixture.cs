using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Signaling.Contracts;
using Signaling.Hub.Access;
using Signaling.Hub.Limits;
using Signaling.Hub.Nodes;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Rooms.Peers;
using Signaling.Hub.Sessions;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>A hub's rooms over a directory that says what the test wants.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class RoomFixture : IAsyncDisposable
{
    private ServiceProvider? _services;

    private protected NodeNames Names { get; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected Session Session { get; private set; } = null!;

    private protected RoomRegistry Rooms => Get<RoomRegistry>();

    public ValueTask DisposeAsync() => _services?.DisposeAsync() ?? default;

    private protected T Get<T>() where T : notnull => _services!.GetRequiredService<T>();

    private protected Entrance Open(IRoomDirectory directory)
    {
        _services = HubServices.Create(services: services => services.AddSingleton(directory).AddSingleton(Names).AddSingleton<TimeProvider>(Time));
        Session = new Session("c1", Caller.Guest, new Outbox(new DeafConnection(), 1, Get<LimitMetrics>()), new InvocationLimiter(1));
        return Get<Entrance>();
    }

    /// <summary>A peer of this node, alone in the room math-101 at the version e1:1.</summary>
    private protected async Task<(Room Room, PeerEntry Entry)> EnterAsync(FakeDirectory? directory = null)
    {
        await Open(directory ?? new FakeDirectory()).JoinAsync(Session, new JoinRequest { Room = "math-101", Resumable = true });
        var room = Rooms.Find("math-101")!;
        return (room, room.Assert(_ => default).Own.Peers.Single().Entry);
    }

    private protected Peer Own => Session.Peers["math-101"];

    private protected static PeerEntry Other(string id) => new() { Info = new PeerInfo { Id = id }, Node = "other" };

    private sealed class DeafConnection() : HubConnectionContext(new DefaultConnectionContext("c1"), new HubConnectionContextOptions(), NullLoggerFactory.Instance)
    {
        public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default) => default;
    }
}
