using Signaling.Contracts;
using Signaling.Hub.Rooms;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>A room with a peer of this node that the directory forgets, or has begun anew.</summary>
internal sealed class ForgottenRoomTests : RoomFixture
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_wiped_directory_does_not_take_away_who_may_only_be_late()
    {
        var (room, own) = await EnterAsync();
        room.Put(Other("a"), new("e1", 2));

        room.Reconcile(new(new("e2", 1), [own]));
        Present(room).Should().BeEquivalentTo(own.Id, "a");

        room.Remove(null, "a", LeaveReason.Left, new("e2", 2));
        Present(room).Should().Equal(own.Id);
    }

    [Test]
    public async Task A_late_word_of_the_room_before_it_was_begun_anew_brings_nobody_back()
    {
        var (room, own) = await EnterAsync();
        room.Reconcile(new(new("e2", 1), [own]));

        room.Put(Other("a"), new("e1", 2));

        Present(room).Should().Equal(own.Id);
        room.HasGap.Should().BeTrue("what it meant is read");
    }

    [Test]
    public async Task A_directory_that_goes_back_to_an_earlier_state_is_believed_again()
    {
        var (room, own) = await EnterAsync();
        room.Reconcile(new(new("e2", 7), [own]));
        room.Reconcile(new(new("e1", 1), [own]));

        room.Put(Other("a"), new("e1", 2));

        Present(room).Should().BeEquivalentTo(own.Id, "a");
    }

    [Test]
    public async Task What_a_room_has_missed_is_read_even_if_this_node_had_let_it_go_and_is_in_it_anew()
    {
        var directory = new FakeDirectory { Snapshot = new(new("e1", 3), [Other("a")]) };
        Open(directory);
        using (var former = Rooms.Take("math-101")) Get<RoomRepair>().ReadUnlessFilled(former.Room);
        using var hold = Rooms.Take("math-101");
        hold.Room.Reconcile(new(new("e1", 1), []));
        hold.Room.HeardOf(null, new("e1", 3));
        Get<RoomRepair>().ReadUnlessFilled(hold.Room);

        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                return Present(hold.Room).Contains("a");
            },
            "the room of now is read");
    }

    [Test]
    public async Task Whose_time_is_over_leaves_even_if_the_directory_has_begun_the_room_without_it()
    {
        var directory = new FakeDirectory();
        var (room, _) = await EnterAsync(directory);
        directory.Snapshot = new(new("e2", 3), [Other("a")]);
        room.Reconcile(directory.Snapshot);

        await Get<Membership>().ExpireAsync(Own);

        Present(room).Should().Equal("a");
    }

    [Test]
    public async Task Whose_time_is_over_is_taken_from_a_directory_that_has_it_as_one_that_has_come_back_here()
    {
        var directory = new FakeDirectory();
        var (room, own) = await EnterAsync(directory);
        directory.Snapshot = new(new("e1", 2), [own with { Generation = own.Generation + 1 }]);

        await Get<Membership>().ExpireAsync(Own);

        Present(room).Should().BeEmpty();
        Get<RoomRepair>().TakeOwed().Should().Equal("math-101");
    }

    [Test]
    public async Task Who_has_moved_at_the_last_moment_is_not_seen_to_leave_when_its_time_here_is_over()
    {
        var directory = new FakeDirectory();
        var (room, own) = await EnterAsync(directory);
        directory.Snapshot = new(new("e1", 2), [own with { Node = "other", Generation = own.Generation + 1 }]);
        var version = room.Version;

        await Get<Membership>().ExpireAsync(Own);

        Present(room).Should().Equal(own.Id);
        room.Version.Should().Be(version, "nobody was told of anything");
        room.HasLocalPeers.Should().BeFalse();
    }

    [Test]
    public async Task Who_may_have_come_back_here_does_not_leave_before_that_is_known()
    {
        var (room, own) = await EnterAsync();
        var doubt = room.Doubt(own.Id);
        await Get<ResumeWindow>().DisconnectedAsync(Session);

        Time.Advance(Window);
        Present(room).Should().Equal(own.Id);

        room.EndDoubt(own.Id, doubt);
        await Eventually.TrueAsync(
            () =>
            {
                Time.Advance(Window);
                return !Present(room).Any();
            },
            "it leaves once it is known that it did not");
    }

    private static IEnumerable<string> Present(Room room) => room.Read().Peers.Select(peer => peer.Id);
}
