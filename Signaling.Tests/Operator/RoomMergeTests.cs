using Microsoft.Extensions.Time.Testing;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Hub.Operator.Console.Views;

namespace Signaling.Tests.Operator;

/// <summary>What several nodes know of one room, put together.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RoomMergeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> NoAttributes = [];

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly RoomMerge _merge;

    public RoomMergeTests() => _merge = new RoomMerge("math-101", _time);

    [Test]
    public void Of_each_peer_its_own_node_knows_best()
    {
        var view = Hear(
            Of("a", [Peer("mina", "a", local: true), Peer("ben", "b", state: "reconnecting")]),
            Of("b", [Peer("ben", "b", local: true), Peer("mina", "a"), Peer("gone", "a")]))!;

        view.Open.Should().BeTrue();
        view.Peers.Select(peer => (peer.Id, peer.State)).Should().BeEquivalentTo([("mina", "connected"), ("ben", "connected")]);
    }

    [Test]
    public void Of_a_peer_whose_node_is_silent_the_others_tell()
    {
        Hear(Of("a", [Peer("mina", "a", local: true), Peer("ben", "b")]), Of("b", [Peer("ben", "b", local: true)]));
        _time.Advance(TimeSpan.FromSeconds(4));

        var view = Hear(Of("a", [Peer("mina", "a", local: true), Peer("ben", "b", state: "reconnecting")], stamp: "2"))!;

        view.Peers.Single(peer => peer.Id == "ben").State.Should().Be("reconnecting");
    }

    [Test]
    public void Nothing_new_is_no_view_and_a_room_nobody_knows_is_shown_once_as_closed()
    {
        Hear(Of("a", [], stamp: null))!.Open.Should().BeFalse();

        Hear(Of("a", null, stamp: null)).Should().BeNull();
        Hear().Should().BeNull();
    }

    [Test]
    public void The_timeline_is_in_order_across_nodes_each_event_once_and_not_without_end()
    {
        Hear(Of("a", [], events: [At(1), At(3)], end: 10), Of("b", [], events: [At(2)], end: 20))!.Timeline.Select(one => one.Peer).Should().Equal("1", "2", "3");
        Hear(Of("a", null, events: [At(1), At(3)], end: 10)).Should().BeNull("that was heard");
        _merge.Question.Seen["a"].End.Should().Be(10);

        var view = Hear(Of("b", null, events: [.. Enumerable.Range(4, 600).Select(At)], end: 620))!;

        view.Timeline.Should().HaveCount(500);
        view.Timeline[^1].Peer.Should().Be("603");
    }

    [Test]
    public void A_node_that_is_gone_takes_its_peers_with_it_but_not_what_has_happened()
    {
        Hear(Of("a", [Peer("mina", "a", local: true)], events: [At(1)], end: 1));
        _time.Advance(TimeSpan.FromSeconds(4));
        Hear()!.Open.Should().BeTrue("it may be back");
        _time.Advance(TimeSpan.FromSeconds(7));

        var view = Hear()!;

        view.Open.Should().BeFalse();
        view.Timeline.Should().ContainSingle();
    }

    [Test]
    public void A_node_that_falls_silent_or_is_back_changes_the_room_by_itself()
    {
        Hear(Of("a", [Peer("mina", "a", local: true), Peer("ben", "b", state: "unreachable")]), Of("b", [Peer("ben", "b", local: true)]));
        _time.Advance(TimeSpan.FromSeconds(2));
        Hear(Of("a", null)).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(2));

        Hear(Of("a", null))!.Peers.Select(peer => (peer.Id, peer.State)).Should().Equal(("ben", "unreachable"), ("mina", "connected"));

        Hear(Of("a", null), Of("b", null))!.Peers.Select(peer => (peer.Id, peer.State)).Should().Equal(("ben", "connected"), ("mina", "connected"));
    }

    private RoomView? Hear(params Answer[] answers) => _merge.Heard([.. answers.Select(answer => new Heard(answer, _time.GetTimestamp()))]);

    private static Answer Of(string node, IReadOnlyList<PeerPart>? peers, string? stamp = "1", IReadOnlyList<EventPart>? events = null, long end = 0) => new()
    {
        Instance = node,
        Node = node,
        Region = "kr",
        Room = new() { Stamp = stamp, RelayOnly = false, Peers = peers, Events = events ?? [], End = end },
    };

    private static PeerPart Peer(string id, string node, string state = "connected", bool local = false) => new(id, null, "kr", node, state, Noon, local, NoAttributes);

    private static EventPart At(int second) => new(Noon.AddSeconds(second), "joined", $"{second}", null, null);
}
