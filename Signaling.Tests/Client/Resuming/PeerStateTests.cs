using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

internal sealed class PeerStateTests : ResumeFixture
{
    [Test]
    public async Task Snapshots_and_changes_tell_whether_a_peer_can_be_reached()
    {
        var peer = await Rooms.AddAsync("math-101");
        await Rooms.SetStateAsync(peer, PeerState.Reconnecting);
        var room = await Client().JoinRoomAsync("math-101");
        var states = new Observed<PeerState>();
        room.PeerStateChanged += changed => states.Handle(changed.State);
        room.Peers.Single().State.Should().Be(PeerState.Reconnecting);

        await Rooms.SetStateAsync(peer, PeerState.Connected);

        (await states.NextAsync()).Should().Be(PeerState.Connected);
        room.Peers.Single().State.Should().Be(PeerState.Connected);
    }

    [Test]
    public async Task A_state_beyond_a_gap_makes_the_roster_be_read_again()
    {
        var (peer, other) = (await Rooms.AddAsync("math-101"), await Rooms.AddAsync("math-101"));
        var room = await Client().JoinRoomAsync("math-101");
        var states = new Observed<string>();
        room.PeerStateChanged += changed => states.Handle(changed.Id);
        other.Info = other.Info with { State = PeerState.Reconnecting };
        await Rooms.LoseDeltaAsync("math-101");

        await Rooms.SetStateAsync(peer, PeerState.Reconnecting);

        new[] { await states.NextAsync(), await states.NextAsync() }.Should().BeEquivalentTo(peer.Info.Id, other.Info.Id);
    }

    [Test]
    public async Task A_peer_whose_region_is_cut_off_is_unreachable_and_comes_back()
    {
        var peer = await Rooms.AddAsync("math-101");
        var room = await Client().JoinRoomAsync("math-101");
        var states = new Observed<PeerState>();
        room.PeerStateChanged += changed => states.Handle(changed.State);

        await Rooms.SetStateAsync(peer, PeerState.Unreachable);
        (await states.NextAsync()).Should().Be(PeerState.Unreachable);
        await Rooms.SetStateAsync(peer, PeerState.Connected);

        (await states.NextAsync()).Should().Be(PeerState.Connected);
    }

    [TestCase(true, PeerState.Reconnecting)]
    [TestCase(false, PeerState.Reconnecting)]
    [TestCase(true, PeerState.Unreachable)]
    [TestCase(false, PeerState.Unreachable)]
    public async Task A_signal_to_a_peer_that_cannot_be_reached_waits_and_goes_out_as_soon_as_it_can(bool acks, PeerState state)
    {
        var (away, there) = (await Rooms.AddAsync("math-101", acks), await Rooms.AddAsync("math-101", acks));
        var room = await Client(stopped: true).JoinRoomAsync("math-101");
        await Rooms.SetStateAsync(away, state);

        var send = room.Peers[0].SendDataAsync(Json("1"));
        (await Rooms.Refused.NextAsync()).Should().Be(ErrorCode.PeerUnreachable);
        await room.Peers[1].SendDataAsync(Json("2")).InTimeAsync();
        send.IsCompleted.Should().BeFalse();
        (await NextDataAsync()).Should().Be(2, "other peers' signals go on");

        await Rooms.SetStateAsync(away, PeerState.Connected);

        await send.InTimeAsync();
        (await NextDataAsync()).Should().Be(1);
        there.Info.State.Should().BeNull();
    }

    [TestCase(PeerState.Reconnecting)]
    [TestCase(PeerState.Unreachable)]
    public async Task What_is_in_flight_is_sent_again_at_once_when_the_peer_is_back(PeerState state)
    {
        var peer = await Rooms.AddAsync("math-101");
        var room = await Client(stopped: true).JoinRoomAsync("math-101");
        await room.Peers.Single().SendDataAsync(Json("1")).InTimeAsync();
        (await NextDataAsync()).Should().Be(1);

        await Rooms.SetStateAsync(peer, state);
        await Rooms.SetStateAsync(peer, PeerState.Connected);

        (await NextDataAsync()).Should().Be(1);
    }

    [Test]
    public async Task Without_a_word_of_the_peer_its_signals_are_tried_again_by_one()
    {
        var peer = await Rooms.AddAsync("math-101");
        var room = await Client().JoinRoomAsync("math-101");
        var refusals = 0;
        Rooms.RefuseSignal = _ => Interlocked.Increment(ref refusals) <= 11 ? new(ErrorCode.PeerUnreachable, "The way is down.", TimeSpan.FromMilliseconds(20)) : null;

        var sends = Enumerable.Range(0, 10).Select(i => room.Peers.Single().SendDataAsync(Json($"{i}"))).ToArray();
        await Task.WhenAll(sends).InTimeAsync();

        refusals.Should().BeInRange(12, 40);
        peer.Info.State.Should().BeNull();
        for (var i = 0; i < 10; i++) (await Rooms.Accepted.NextAsync(signal => signal.Data?.GetInt32() == i)).Seq.Should().Be(i + 1);
    }

    [Test]
    public async Task A_signal_that_arrived_although_the_hub_could_not_say_so_counts_as_accepted()
    {
        var peer = await Rooms.AddAsync("math-101");
        var room = await Client(stopped: true).JoinRoomAsync("math-101");
        Rooms.RefuseSignal = signal => signal.Data is null ? null : new(ErrorCode.PeerUnreachable, "The way is down, it seems.");

        var send = room.Peers.Single().SendDataAsync(Json("1"));
        (await Rooms.Refused.NextAsync()).Should().Be(ErrorCode.PeerUnreachable);
        await Rooms.DeliverAsync(peer, room.PeerId, new Signal { Room = "math-101", Ack = 1 });

        await send.InTimeAsync();
    }

    [Test]
    public async Task A_send_to_an_unreachable_peer_ends_with_the_peer_or_with_the_app()
    {
        var peer = await Rooms.AddAsync("math-101");
        var room = await Client().JoinRoomAsync("math-101");
        await Rooms.SetStateAsync(peer, PeerState.Reconnecting);
        using var cancellation = new CancellationTokenSource();
        var given = room.Peers.Single().SendDataAsync(Json("1"), cancellation.Token);
        var kept = room.Peers.Single().SendDataAsync(Json("2"));
        await Rooms.Refused.NextAsync();

        await cancellation.CancelAsync();
        await given.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        kept.IsCompleted.Should().BeFalse();
        await Rooms.RemoveAsync(peer);

        (await kept.Invoking(task => task).Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.PeerNotInRoom);
    }

    [Test]
    public async Task Data_to_a_room_that_cannot_be_reached_pauses_no_one_else()
    {
        var away = await Rooms.AddAsync("math-101");
        await Rooms.AddAsync("math-102");
        var client = Client(stopped: true);
        var (room, other) = (await client.JoinRoomAsync("math-101"), await client.JoinRoomAsync("math-102"));
        Rooms.RefuseSignal = signal => signal.Room == "math-101" ? new(ErrorCode.PeerUnreachable, "The way is down.") : null;

        var send = room.SendDataAsync(Json("1"));
        await Rooms.Refused.NextAsync();
        await other.SendDataAsync(Json("2")).InTimeAsync();
        send.IsCompleted.Should().BeFalse();
        Rooms.RefuseSignal = _ => null;
        await Rooms.SetStateAsync(away, PeerState.Reconnecting);
        await Rooms.SetStateAsync(away, PeerState.Connected);

        await send.InTimeAsync();
    }
}
