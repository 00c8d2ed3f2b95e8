using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>The way into a room while the directory, or what it knows of this node, changes under it.</summary>
internal sealed class EntranceTests : RoomFixture
{
    [Test]
    public async Task A_room_is_not_let_go_while_it_is_in_doubt_whether_a_peer_has_resumed_there()
    {
        const int Many = 500;
        var entrance = Open(new FakeDirectory(() => throw new DirectoryAwayException()));
        var released = new List<string>();
        Rooms.Changed += (room, entered) =>
        {
            if (!entered) released.Add(room);
        };

        var resumes = Enumerable.Range(0, Many).Select(i => entrance.JoinAsync(Session, new JoinRequest { Room = $"room-{i}", Resume = new ResumeRequest { PeerId = "a", Token = "t" } })).ToArray();

        foreach (var resume in resumes) (await resume.Awaiting(task => task).Should().ThrowAsync<Refusal>()).Which.Code.Should().Be(ErrorCode.Unavailable);
        released.Should().BeEmpty("the doubt would go with the room");
        Rooms.Count.Should().Be(Many);
    }

    [Test]
    public async Task Who_joins_while_the_node_gets_a_new_name_is_asserted_under_it()
    {
        var entrance = Open(new FakeDirectory(Names.Renew));

        await entrance.JoinAsync(Session, new JoinRequest { Room = "math-101" });

        Get<RoomRepair>().TakeOwed().Should().Equal("math-101");
        Rooms.Find("math-101")!.Assert(_ => default).Own.Peers.Should().ContainSingle(peer => peer.Entry.Node == Names.Current);
    }

    [Test]
    public async Task A_resume_that_is_granted_without_the_directory_outranks_every_earlier_try_that_may_still_reach_it()
    {
        var (room, entry) = await EnterAsync();

        var resumed = room.ResumeAlone(new ResumeClaim(entry.Id, null, entry.ResumeHash!, "next", Names.Current, TimeSpan.FromSeconds(30), Attempt: 3));

        resumed!.Generation.Should().BeGreaterThan(entry.Generation + 2, "two tries before it may each have made a generation");
    }

    [Test]
    public async Task A_peer_that_has_moved_is_not_seen_to_leave_when_an_assertion_is_what_tells_of_it()
    {
        var (room, entry) = await EnterAsync();
        var snapshot = new RoomSnapshot(new RoomVersion("e1", 2), [entry with { Node = "other", Generation = entry.Generation + 1 }]);
        var version = room.Version;

        room.Asserted(room.Assert(_ => default).Own, [entry.Id], snapshot);
        room.Reconcile(snapshot);

        room.Read().Peers.Should().ContainSingle(peer => peer.Id == entry.Id);
        room.Version.Should().Be(version, "nobody was told of a leave");
        room.HasLocalPeers.Should().BeFalse();
    }
}
