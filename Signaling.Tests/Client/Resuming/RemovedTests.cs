using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Resuming;

internal sealed class RemovedTests : ResumeFixture
{
    [Test]
    public async Task A_peer_that_a_newer_connection_has_resumed_is_closed_with_the_reason()
    {
        var client = Client();
        var (room, other) = (await client.JoinRoomAsync("math-101"), await client.JoinRoomAsync("math-102"));
        var closed = new Observed<RoomClosed>();
        room.Closed += closed.Handle;

        await Rooms.TellRemovedAsync(room.PeerId, ErrorCode.Replaced);

        (await closed.NextAsync()).Reason!.Code.Should().Be(ErrorCode.Replaced);
        client.Rooms.Should().Equal(other);
        client.State.Should().Be(ConnectionState.Connected);
        await room.Invoking(gone => gone.SendDataAsync(Json("1"))).Should().ThrowAsync<SignalingException>().Where(thrown => thrown.Code == ErrorCode.Replaced);
    }

    [Test]
    public async Task A_peer_that_is_to_rejoin_does_so_over_the_same_connection()
    {
        var client = Client();
        var (room, other) = (await client.JoinRoomAsync("math-101"), await client.JoinRoomAsync("math-102"));
        var (before, rejoined) = (room.PeerId, Rejoined(room));

        await Rooms.TellRemovedAsync(before, ErrorCode.ResumeExpired);

        (await rejoined.NextAsync()).Should().Be(new RoomRejoined(before, room.PeerId, "test"));
        room.PeerId.Should().NotBe(before);
        Rooms.ConnectionOf(room.PeerId).Should().Be(Rooms.ConnectionOf(other.PeerId));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_peer_that_was_one_too_many_is_closed_with_the_reason(bool moving)
    {
        var client = Client();
        var (room, other) = (await client.JoinRoomAsync("math-101"), await client.JoinRoomAsync("math-102"));
        var closed = new Observed<RoomClosed>();
        room.Closed += closed.Handle;
        if (moving)
        {
            Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, "Not now.", TimeSpan.FromHours(1));
            await Rooms.TellGoingAwayAsync(Rooms.ConnectionOf(room.PeerId));
        }

        await Rooms.TellRemovedAsync(room.PeerId, ErrorCode.RoomFull);

        (await closed.NextAsync()).Reason!.Code.Should().Be(ErrorCode.RoomFull);
        client.Rooms.Should().Equal(other);
    }

    [Test]
    public async Task The_removal_of_a_peer_that_this_client_is_not_is_ignored()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");

        await Rooms.TellRemovedAsync(room.PeerId, ErrorCode.Replaced, named: "another", forget: false);
        await Rooms.AddAsync("math-101");
        await room.RefreshIceAsync();

        client.Rooms.Should().Equal(room);
    }
}
