using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Hub.Access;
using Signaling.Hub.Ice;
using Signaling.Hub.Limits;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Sessions;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>The way into a room while the directory, or what it knows of this node, changes under it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EntranceTests : IAsyncDisposable
{
    private readonly NodeNames _names = new();
    private readonly BackgroundWork _background = new(NullLogger<BackgroundWork>.Instance);
    private readonly RoomRegistry _rooms;
    private readonly Session _session = new("c1", Caller.Guest, new Outbox(new DeafConnection(), 1), new InvocationLimiter(1));

    public EntranceTests() => _rooms = new RoomRegistry(_names, TimeProvider.System);

    public ValueTask DisposeAsync() => _background.DisposeAsync();

    [Test]
    public async Task A_room_is_not_let_go_while_it_is_in_doubt_whether_a_peer_has_resumed_there()
    {
        const int Rooms = 500;
        var (entrance, _) = Open(new Directory(() => throw new DirectoryAwayException()));
        var released = new List<string>();
        _rooms.Changed += (room, entered) =>
        {
            if (!entered) released.Add(room);
        };

        var resumes = Enumerable.Range(0, Rooms).Select(i => entrance.JoinAsync(_session, new JoinRequest { Room = $"room-{i}", Resume = new ResumeRequest { PeerId = "a", Token = "t" } })).ToArray();

        foreach (var resume in resumes) (await resume.Awaiting(task => task).Should().ThrowAsync<Refusal>()).Which.Code.Should().Be(ErrorCode.Unavailable);
        released.Should().BeEmpty("the doubt would go with the room");
        _rooms.Count.Should().Be(Rooms);
    }

    [Test]
    public async Task Who_joins_while_the_node_gets_a_new_name_is_asserted_under_it()
    {
        var (entrance, repair) = Open(new Directory(_names.Renew));

        await entrance.JoinAsync(_session, new JoinRequest { Room = "math-101" });

        repair.TakeOwed().Should().Equal("math-101");
        _rooms.Find("math-101")!.Assert(_ => default).Own.Peers.Should().ContainSingle(peer => peer.Entry.Node == _names.Current);
    }

    private (Entrance Entrance, RoomRepair Repair) Open(IRoomDirectory directory)
    {
        var options = Options.Create(new SignalingOptions());
        var repair = new RoomRepair(_rooms, directory, _background, TimeProvider.System);
        var announcer = new RoomAnnouncer(new LoneNode(), _names, repair);
        return (new Entrance(_rooms, directory, announcer, repair, _names, new IceServers(options), _background, options, TimeProvider.System), repair);
    }

    /// <param name="meanwhile">What happens while it is asked.</param>
    private sealed class Directory(Action meanwhile) : IRoomDirectory
    {
        public ValueTask<RoomSnapshot?> JoinAsync(string room, PeerEntry entry, int capacity)
        {
            meanwhile();
            return new(new RoomSnapshot(new RoomVersion("e1", 1), [entry]));
        }

        public ValueTask<Resumption?> ResumeAsync(string room, ResumeClaim claim)
        {
            meanwhile();
            return default;
        }

        public ValueTask<RoomChange?> UpdateAsync(string room, PeerEntry entry) => default;

        public ValueTask<RoomChange?> LeaveAsync(string room, PeerEntry entry) => default;

        public ValueTask<RoomSnapshot> ReadAsync(string room) => new(new RoomSnapshot(RoomVersion.None, []));
    }

    private sealed class DeafConnection() : HubConnectionContext(new DefaultConnectionContext("c1"), new HubConnectionContextOptions(), NullLoggerFactory.Instance)
    {
        public override ValueTask WriteAsync(SerializedHubMessage message, CancellationToken cancellationToken = default) => default;
    }
}
