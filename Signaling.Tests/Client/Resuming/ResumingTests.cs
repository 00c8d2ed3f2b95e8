using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

internal sealed class ResumingTests : ResumeFixture
{
    [Test]
    public async Task A_cut_connection_resumes_every_room_as_the_same_peer()
    {
        var watcher = await Client().JoinRoomAsync("math-101");
        var client = Client();
        var changes = Changes(client);
        var rooms = await Task.WhenAll(client.JoinRoomAsync("math-101"), client.JoinRoomAsync("math-102"));
        var ids = rooms.Select(room => room.PeerId).ToArray();
        var resumed = rooms.Select(Resumed).ToArray();
        var states = new Observed<PeerState>();
        watcher.PeerStateChanged += peer => states.Handle(peer.State);

        Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "Not now.", TimeSpan.Zero);

        Hub.Cut(ids[0]);
        await changes.NextAsync(change => change.RetryIn == TimeSpan.FromHours(1));
        (await states.NextAsync()).Should().Be(PeerState.Reconnecting);
        Rooms.RefuseJoin = _ => null;
        client.NotifyNetworkChanged();

        for (var i = 0; i < rooms.Length; i++) (await resumed[i].NextAsync()).PeerId.Should().Be(ids[i]);
        rooms.Select(room => room.PeerId).Should().Equal(ids);
        (await changes.NextAsync(change => change.Current is ConnectionState.Connected)).Resumed.Should().BeTrue();
        (await states.NextAsync()).Should().Be(PeerState.Connected);
        watcher.Peers.Select(peer => peer.Id).Should().Equal(ids[0]);
    }

    [Test]
    public async Task The_first_room_is_resumed_by_the_URL_and_the_others_by_invocation()
    {
        var client = Client();
        var first = await client.JoinRoomAsync("math-101");
        var second = await client.JoinRoomAsync("math-102");
        var resumed = Resumed(second);
        (await Rooms.Connected.NextAsync()).Should().Contain("resumable", "1").And.Contain("acks", "1").And.NotContainKey("peer").And.NotContainKey("resume");
        (await Rooms.Joins.NextAsync()).Should().BeEquivalentTo(new { Resumable = true, Acks = true, Resume = (ResumeRequest?)null });

        Hub.Cut(first.PeerId);
        await resumed.NextAsync();

        (await Rooms.Connected.NextAsync()).Should().Contain("room", "math-101").And.Contain("peer", first.PeerId).And.ContainKey("resume").And.Contain("resumable", "1");
        (await Rooms.Joins.NextAsync()).Resume!.PeerId.Should().Be(second.PeerId);
    }

    [Test]
    public async Task What_was_in_flight_is_sent_again_at_once_and_what_waited_goes_out()
    {
        await Rooms.AddAsync("math-101");
        var room = await Client(stopped: true).JoinRoomAsync("math-101");
        var peer = room.Peers.Single();
        await peer.SendDataAsync(Json("1")).InTimeAsync();
        (await NextDataAsync()).Should().Be(1);
        Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "Not now.", TimeSpan.Zero);
        var client = Changes(Clients[0]);
        Hub.Cut(room.PeerId);
        await client.NextAsync(change => change.RetryIn == TimeSpan.FromHours(1));

        var send = peer.SendDataAsync(Json("2"));
        send.IsCompleted.Should().BeFalse();
        Rooms.RefuseJoin = _ => null;
        Clients[0].NotifyNetworkChanged();

        (await NextDataAsync()).Should().Be(1, "nobody has acknowledged it");
        (await NextDataAsync()).Should().Be(2);
        await send.InTimeAsync();
    }

    [Test]
    public async Task A_send_that_the_hub_has_not_answered_completes_after_the_resume()
    {
        var plain = await Rooms.AddAsync("math-101", acks: false);
        await Rooms.AddAsync("math-101");
        var client = Client(stopped: true);
        var room = await client.JoinRoomAsync("math-101");
        var resumed = Resumed(room);
        Rooms.LosesAnswers = true;

        var sends = room.Peers.Select(peer => peer.SendDataAsync(Json("1"))).Append(room.SendDataAsync(Json("2"))).ToArray();
        await Rooms.Accepted.NextAsync(signal => signal.To != plain.Info.Id);
        Rooms.LosesAnswers = false;
        Hub.Cut(room.PeerId);

        await resumed.NextAsync();
        await Task.WhenAll(sends).InTimeAsync();
    }

    [Test]
    public async Task A_send_that_the_other_end_has_acknowledged_completes_though_the_answer_of_the_hub_is_lost()
    {
        var other = await Rooms.AddAsync("math-101");
        var room = await Client(stopped: true).JoinRoomAsync("math-101");
        Rooms.LosesAnswers = true;
        var send = room.Peers.Single().SendDataAsync(Json("1"));
        await NextDataAsync();

        await Rooms.DeliverAsync(other, room.PeerId, new Signal { Room = room.Id, Ack = 1 });

        await send.InTimeAsync();
        Rooms.LosesAnswers = false;
        Hub.Cut(room.PeerId); // The hub holds its answer for as long as the connection lives.
    }

    [Test]
    public async Task Two_clients_lose_and_double_nothing_while_their_connections_are_cut()
    {
        var receiver = await Client(Patient).JoinRoomAsync("math-101");
        var joined = new Observed<RemotePeer>();
        receiver.PeerJoined += joined.Handle;
        var sender = await Client(Patient).JoinRoomAsync("math-101");
        var (receiverResumed, senderResumed) = (Resumed(receiver), Resumed(sender));
        var signals = (await joined.NextAsync()).Signals.TakeAsync(2);
        var peer = sender.Peers.Single();
        await peer.SendOfferAsync(Sdp);
        var sends = new List<Task>();

        for (var i = 0; i < 100; i++)
        {
            sends.Add(i % 2 == 0 ? sender.SendDataAsync(Json($"{i}")) : peer.SendDataAsync(Json($"{i}")));
            if (i == 30) Hub.Cut(receiver.PeerId);
            if (i == 60) Hub.Cut(sender.PeerId);
        }

        await receiverResumed.NextAsync();
        await senderResumed.NextAsync();
        await peer.SendAnswerAsync(Sdp);
        (await receiver.Messages.TakeAsync(100)).Select(message => message.Data.GetInt32()).Should().Equal(Enumerable.Range(0, 100));
        (await signals).Select(signal => signal.Description!.Type).Should().Equal([SdpType.Offer, SdpType.Answer], "a reader goes on over a resume");
        await Task.WhenAll(sends).InTimeAsync();
    }

    [Test]
    public async Task After_a_resume_those_who_left_and_joined_meanwhile_are_told_first()
    {
        var gone = await Rooms.AddAsync("math-101");
        var stayed = await Rooms.AddAsync("math-101");
        var client = Client();
        var changes = Changes(client);
        var room = await client.JoinRoomAsync("math-101");
        var told = new Observed<string>();
        room.PeerLeft += departure => told.Handle($"left {departure.Peer.Id}");
        room.PeerJoined += peer => told.Handle($"joined {peer.Id}");
        room.Resumed += resumed => told.Handle($"resumed {resumed.PeerId}");
        Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "Not now.", TimeSpan.Zero);
        Hub.Cut(room.PeerId);
        await changes.NextAsync(change => change.RetryIn == TimeSpan.FromHours(1));

        await Rooms.RemoveAsync(gone);
        var late = await Rooms.AddAsync("math-101");
        Rooms.RefuseJoin = _ => null;
        client.NotifyNetworkChanged();

        (await told.NextAsync()).Should().Be($"left {gone.Info.Id}");
        (await told.NextAsync()).Should().Be($"joined {late.Info.Id}");
        (await told.NextAsync()).Should().Be($"resumed {room.PeerId}");
        room.Peers.Select(peer => peer.Id).Should().Equal(stayed.Info.Id, late.Info.Id);
    }

    [Test]
    public async Task Attributes_that_changed_meanwhile_are_set_after_the_resume()
    {
        var watcher = await Client().JoinRoomAsync("math-101");
        var client = Client();
        var changes = Changes(client);
        var room = await client.JoinRoomAsync("math-101", new() { Attributes = new Dictionary<string, string> { ["hand"] = "raised", ["muted"] = "yes" } });
        var updated = new Observed<RemotePeer>();
        watcher.PeerUpdated += updated.Handle;
        await updated.NextAsync(peer => peer.Attributes.ContainsKey("hand"));
        Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "Not now.", TimeSpan.Zero);
        Hub.Cut(room.PeerId);
        await changes.NextAsync(change => change.RetryIn == TimeSpan.FromHours(1));
        using var cancellation = new CancellationTokenSource();

        var change = room.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = null, ["camera"] = "off" }, cancellation.Token);
        await cancellation.CancelAsync();
        await change.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        Rooms.RefuseJoin = _ => null;
        client.NotifyNetworkChanged();

        (await updated.NextAsync(peer => peer.Attributes.ContainsKey("camera"))).Attributes
            .Should().Equal(new Dictionary<string, string> { ["muted"] = "yes", ["camera"] = "off" });
    }

    [Test]
    public async Task A_peer_that_cannot_be_resumed_any_more_rejoins_without_another_wait()
    {
        var client = Client();
        var changes = Changes(client);
        var rooms = await Task.WhenAll(client.JoinRoomAsync("math-101"), client.JoinRoomAsync("math-102"));
        var ids = rooms.Select(room => room.PeerId).ToArray();
        var rejoined = rooms.Select(Rejoined).ToArray();
        var connection = Rooms.ConnectionOf(ids[0]);

        await Rooms.ExpireAsync();
        Hub.Connections.Cut(connection);

        for (var i = 0; i < rooms.Length; i++)
        {
            (await rejoined[i].NextAsync()).Should().Be(new RoomRejoined(ids[i], rooms[i].PeerId, "test"));
            rooms[i].PeerId.Should().NotBe(ids[i]);
        }

        await changes.NextAsync(change => change.Current is ConnectionState.Reconnecting);
        (await changes.NextAsync(change => change.Current is ConnectionState.Connected)).Resumed.Should().BeFalse();
    }

    [Test]
    public async Task One_room_that_rejoins_makes_the_connection_not_resumed()
    {
        var client = Client();
        var changes = Changes(client);
        var first = await client.JoinRoomAsync("math-101");
        var second = await client.JoinRoomAsync("math-102");
        var (resumed, rejoined) = (Resumed(first), Rejoined(second));
        Rooms.RefuseJoin = join => join is { Room: "math-102", Resume: not null } ? new(ErrorCode.ResumeExpired, "It is gone.") : null;

        Hub.Cut(first.PeerId);

        await resumed.NextAsync();
        await rejoined.NextAsync();
        await changes.NextAsync(change => change.Current is ConnectionState.Reconnecting);
        (await changes.NextAsync(change => change.Current is ConnectionState.Connected)).Resumed.Should().BeFalse();
    }

    [TestCase(ErrorCode.GoingAway, 0)]
    [TestCase(ErrorCode.Unavailable, 700)]
    public async Task A_connection_that_is_closed_with_an_error_is_resumed_after_the_time_it_names(ErrorCode code, int milliseconds)
    {
        var client = Client();
        var changes = Changes(client);
        var room = await client.JoinRoomAsync("math-101");
        var resumed = Resumed(room);
        var after = milliseconds > 0 ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;

        await Hub.Connections.CloseAsync(Rooms.ConnectionOf(room.PeerId), new(code, "The node stops.", after));

        var change = await changes.NextAsync(change => change.Current is ConnectionState.Reconnecting);
        change.Error!.Code.Should().Be(code);
        change.RetryIn.Should().Be(after ?? TimeSpan.Zero);
        (await resumed.NextAsync()).PeerId.Should().Be(room.PeerId);
    }

    [Test]
    public async Task A_room_of_which_the_hub_knows_nothing_is_joined_anew_over_the_same_connection()
    {
        await Rooms.AddAsync("math-101");
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        var other = await client.JoinRoomAsync("math-102");
        var rejoined = Rejoined(room);
        await Rooms.ForgetAsync(room.PeerId);

        var send = room.Peers.Single().SendDataAsync(Json("1"));

        await rejoined.NextAsync();
        await send.Invoking(task => task).Should().ThrowAsync<SignalingException>("nobody knows whether it arrived");
        Rooms.ConnectionOf(room.PeerId).Should().Be(Rooms.ConnectionOf(other.PeerId));
        client.State.Should().Be(ConnectionState.Connected);
    }

    private static void Patient(SignalingClientOptions options) => options.ReconnectPolicy = new FullJitterReconnectPolicy { Base = TimeSpan.FromMilliseconds(20) };
}
