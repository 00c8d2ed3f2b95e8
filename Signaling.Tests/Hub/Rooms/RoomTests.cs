using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Hub.Nodes;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>A room to which the words of other nodes and of the directory come in any order.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RoomTests
{
    private readonly NodeNames _names = new();
    private readonly Room _room;

    public RoomTests() => _room = new("math-101", _names, new Reachability(Options.Create(new SignalingOptions()), TimeProvider.System), TimeProvider.System);

    private IEnumerable<string> Present => _room.Read().Peers.Select(peer => peer.Id);

    [Test]
    public void Who_left_before_the_roster_of_an_earlier_version_arrived_stays_away()
    {
        _room.BeginJoining("self", resumes: false);

        _room.Remove(null, "a", LeaveReason.Left, new("e1", 21));
        _room.Reconcile(new(new("e1", 20), [Entry("a"), Entry("b")]));

        Present.Should().Equal("b");
        _room.HasGap.Should().BeFalse();
    }

    [Test]
    public void Who_joined_before_the_roster_of_an_earlier_version_arrived_is_there()
    {
        _room.BeginJoining("self", resumes: false);

        _room.Put(Entry("c"), new("e1", 21));
        _room.Reconcile(new(new("e1", 20), [Entry("a")]));

        Present.Should().BeEquivalentTo("a", "c");
    }

    [Test]
    public void A_join_that_comes_after_the_leave_is_not_believed()
    {
        _room.Reconcile(new(new("e1", 5), []));

        _room.Remove(null, "a", LeaveReason.Left, new("e1", 7));
        _room.Put(Entry("a"), new("e1", 6));

        Present.Should().BeEmpty();
        _room.HasGap.Should().BeFalse();
    }

    [Test]
    public void An_older_word_of_a_peer_does_not_undo_a_newer_one()
    {
        _room.Reconcile(new(new("e1", 5), [Entry("a")]));

        _room.Put(Entry("a") with { Away = true }, new("e1", 7));
        _room.Put(Entry("a"), new("e1", 6));

        _room.Read().Peers.Single().State.Should().Be(PeerState.Reconnecting);
    }

    [Test]
    public void Who_was_in_a_room_that_ended_unheard_is_not_in_the_one_that_is_begun_anew()
    {
        _room.BeginJoining("self", resumes: false);
        _room.Put(Entry("a"), new("e1", 5));
        _room.Reconcile(new(new("e1", 5), [Entry("a")]));

        _room.Reconcile(new(new("e2", 1), [Entry("b")]));

        Present.Should().Equal("b");
    }

    [Test]
    public void A_peer_that_may_have_resumed_here_stays_until_its_time_is_over()
    {
        _room.BeginJoining("self", resumes: false);
        var doubt = _room.Doubt("a");

        var disputed = _room.Reconcile(new(new("e1", 5), [Entry("a") with { Node = _names.Current }]));

        disputed.Should().BeFalse();
        Present.Should().Equal("a");
        _room.EndDoubt("a", doubt).Should().BeTrue();
        _room.Reconcile(new(new("e1", 6), [Entry("a") with { Node = _names.Current }])).Should().BeTrue("nobody here is that peer");
    }

    [Test]
    public void The_end_of_an_earlier_doubt_does_not_end_a_later_one()
    {
        var earlier = _room.Doubt("a");
        var later = _room.Doubt("a");

        _room.EndDoubt("a", earlier).Should().BeFalse();
        Arriving().Should().Equal("a");
        _room.EndDoubt("a", later).Should().BeTrue();
        Arriving().Should().BeEmpty();
    }

    [Test]
    public void A_peer_that_asks_twice_is_arriving_until_both_requests_are_answered()
    {
        _room.BeginJoining("a", resumes: true);
        _room.BeginJoining("a", resumes: true);

        _room.EndJoining("a");
        Arriving().Should().Equal("a");
        _room.EndJoining("a");
        Arriving().Should().BeEmpty();
    }

    /// <summary>Whom the directory is told to leave alone.</summary>
    private IEnumerable<string> Arriving() => _room.Assert(_ => default).Own.Joining;

    private static PeerEntry Entry(string id) => new() { Info = new PeerInfo { Id = id }, Node = "other" };
}
