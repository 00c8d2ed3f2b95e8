using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

internal sealed class MovingTests : ResumeFixture
{
    [Test]
    public async Task Rooms_move_off_a_node_that_stops_and_the_app_notices_nothing()
    {
        var watcher = await Client().JoinRoomAsync("math-101");
        var tokens = 0;
        var client = Client(options => options.TokenProvider = _ => new($"token-{++tokens}"));
        var changes = Changes(client);
        var rooms = await Task.WhenAll(client.JoinRoomAsync("math-101"), client.JoinRoomAsync("math-102"));
        var ids = rooms.Select(room => room.PeerId).ToArray();
        var old = Rooms.ConnectionOf(ids[0]);
        await changes.NextAsync(change => change.Current is ConnectionState.Connected);
        var told = new Observed<string>();
        foreach (var room in rooms)
        {
            room.Rejoined += _ => told.Handle("rejoined");
            room.Resumed += _ => told.Handle("resumed");
        }

        await Rooms.TellGoingAwayAsync(old);
        await Hub.Connections.ClosedAsync(old);

        ids.Select(Rooms.ConnectionOf).Distinct().Should().ContainSingle().Which.Should().NotBe(old);
        tokens.Should().Be(2);
        await rooms[0].Peers.Single().SendDataAsync(Json("1")).InTimeAsync();
        (await watcher.Messages.TakeAsync(1))[0].From.Id.Should().Be(ids[0]);
        rooms.Select(room => room.PeerId).Should().Equal(ids);
        await client.DisposeAsync();
        (await changes.NextAsync()).Current.Should().Be(ConnectionState.Closed, "it was connected all the time");
        told.Seen.Should().Be(0);
    }

    [Test]
    public async Task Messages_in_both_directions_survive_a_move()
    {
        var (one, other) = (await Client().JoinRoomAsync("math-101"), await Client().JoinRoomAsync("math-101"));
        var old = Rooms.ConnectionOf(one.PeerId);
        var sends = new List<Task>();

        for (var i = 0; i < 100; i++)
        {
            sends.Add(one.SendDataAsync(Json($"{i}")));
            sends.Add(other.SendDataAsync(Json($"{i}")));
            if (i == 30) await Rooms.TellGoingAwayAsync(old);
            if (i % 10 == 0) await one.RefreshIceAsync();
        }

        foreach (var room in new[] { one, other })
        {
            (await room.Messages.TakeAsync(100)).Select(message => message.Data.GetInt32()).Should().Equal(Enumerable.Range(0, 100));
        }

        await Task.WhenAll(sends).InTimeAsync();
        await Hub.Connections.ClosedAsync(old);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_the_old_connection_refuses_during_the_move_goes_over_the_new_one(bool acks)
    {
        await Rooms.AddAsync("math-101", acks);
        var client = Client(stopped: true);
        var room = await client.JoinRoomAsync("math-101");
        var (id, old) = (room.PeerId, Rooms.ConnectionOf(room.PeerId));
        var welcoming = new TaskCompletionSource();
        Rooms.Welcoming = welcoming.Task;
        Rooms.HoldsRemovals = true;
        await Rooms.TellGoingAwayAsync(old);
        await Rooms.Connected.NextAsync(query => query.ContainsKey("peer"));
        await Rooms.Entered.NextAsync(entered => entered != old);

        Task[] sends = [room.Peers.Single().SendDataAsync(Json("1")), room.SendDataAsync(Json("2")), room.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = "up" })];
        (await Rooms.Refused.NextAsync()).Should().Be(ErrorCode.NotInRoom);
        sends.Should().OnlyContain(send => !send.IsCompleted);
        welcoming.SetResult();

        await Task.WhenAll(sends).InTimeAsync();
        await Hub.Connections.ClosedAsync(old);
        (room.PeerId, client.State).Should().Be((id, ConnectionState.Connected));
    }

    [Test]
    public async Task A_move_is_tried_again_until_it_succeeds()
    {
        var client = Client(options => options.ReconnectPolicy = new FullJitterReconnectPolicy { Base = TimeSpan.FromMilliseconds(5) });
        var changes = Changes(client);
        var (room, other) = (await client.JoinRoomAsync("math-101"), await client.JoinRoomAsync("math-102"));
        var (ids, old) = ((room.PeerId, other.PeerId), Rooms.ConnectionOf(room.PeerId));
        await changes.NextAsync(change => change.Current is ConnectionState.Connected);
        var tries = 0;
        Rooms.RefuseJoin = _ => ++tries <= 3 ? new(ErrorCode.Unavailable, "Not now.", TimeSpan.FromMilliseconds(1)) : null;

        await Rooms.TellGoingAwayAsync(old);
        await Hub.Connections.ClosedAsync(old);

        (room.PeerId, other.PeerId).Should().Be(ids);
        tries.Should().Be(5);
        await client.DisposeAsync();
        (await changes.NextAsync()).Current.Should().Be(ConnectionState.Closed);
    }

    [Test]
    public async Task A_move_that_is_not_done_in_time_becomes_a_reconnect()
    {
        var client = Client();
        var changes = Changes(client);
        var room = await client.JoinRoomAsync("math-101");
        var (id, old, resumed) = (room.PeerId, Rooms.ConnectionOf(room.PeerId), Resumed(room));
        await changes.NextAsync(change => change.Current is ConnectionState.Connected);
        Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "Not now.", TimeSpan.FromHours(1));
        await Rooms.TellGoingAwayAsync(old);
        await Rooms.Connected.NextAsync(query => query.ContainsKey("peer"));
        Rooms.RefuseJoin = _ => null;

        await Hub.Connections.CloseAsync(old, new(ErrorCode.GoingAway, "The node stops."));

        (await changes.NextAsync()).Should().BeEquivalentTo(new { Current = ConnectionState.Reconnecting, Error = new { Code = ErrorCode.GoingAway } });
        (await changes.NextAsync(change => change.Current is ConnectionState.Connected)).Resumed.Should().BeTrue();
        (await resumed.NextAsync()).PeerId.Should().Be(id);
    }

    [Test]
    public async Task A_peer_that_is_gone_by_then_rejoins_over_the_new_connection()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        var (id, old, rejoined) = (room.PeerId, Rooms.ConnectionOf(room.PeerId), Rejoined(room));
        await Rooms.ExpireAsync();

        await Rooms.TellGoingAwayAsync(old);

        (await rejoined.NextAsync()).OldPeerId.Should().Be(id);
        await Hub.Connections.ClosedAsync(old);
        client.State.Should().Be(ConnectionState.Connected);
    }

    [Test]
    public async Task A_peer_that_is_not_taken_over_leaves_when_its_successor_is_there_and_is_no_stranger()
    {
        var watcher = await Client().JoinRoomAsync("math-101");
        var (left, seen) = (new Observed<PeerDeparture>(), new Observed<RemotePeer>());
        watcher.PeerLeft += left.Handle;
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        room.PeerJoined += seen.Handle;
        var (id, rejoined) = (room.PeerId, Rejoined(room));
        Rooms.RefuseJoin = join => join.Resume is null ? null : new(ErrorCode.ResumeExpired, "Not here.");

        await Rooms.TellGoingAwayAsync(Rooms.ConnectionOf(id));

        (await rejoined.NextAsync()).OldPeerId.Should().Be(id);
        var departure = await left.NextAsync();
        (departure.Peer.Id, departure.Reason).Should().Be((id, LeaveReason.Left));
        await room.RefreshIceAsync();
        room.Peers.Select(peer => peer.Id).Should().Equal(watcher.PeerId);
        while (seen.Seen > 0) (await seen.NextAsync()).Id.Should().NotBe(id);
    }

    [Test]
    public async Task A_room_joined_during_the_move_is_joined_once()
    {
        var client = Client();
        var first = await client.JoinRoomAsync("math-101");
        var old = Rooms.ConnectionOf(first.PeerId);
        var watcher = await Client().JoinRoomAsync("math-102");
        var welcoming = new TaskCompletionSource();
        Rooms.Welcoming = welcoming.Task;
        await Rooms.TellGoingAwayAsync(old);
        await Rooms.Entered.NextAsync(entered => entered != old && entered != Rooms.ConnectionOf(watcher.PeerId));

        var joining = client.JoinRoomAsync("math-102");
        await Rooms.Joins.NextAsync();
        welcoming.SetResult();
        var second = await joining;
        await Hub.Connections.ClosedAsync(old);

        watcher.Peers.Select(peer => peer.Id).Should().Equal(second.PeerId);
        Rooms.ConnectionOf(second.PeerId).Should().Be(Rooms.ConnectionOf(first.PeerId));
    }

    [Test]
    public async Task A_client_that_is_disposed_during_the_move_leaves_no_connection_behind()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        var old = Rooms.ConnectionOf(room.PeerId);
        var welcoming = new TaskCompletionSource();
        Rooms.Welcoming = welcoming.Task;
        await Rooms.TellGoingAwayAsync(old);
        await Rooms.Entered.NextAsync(entered => entered != old);

        await client.DisposeAsync();
        welcoming.SetResult();

        await Hub.Connections.AllClosedAsync();
        client.State.Should().Be(ConnectionState.Closed);
    }
}
