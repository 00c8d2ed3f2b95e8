using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Regions;

internal sealed class FailoverTests : RegionFixture
{
    [Test]
    public async Task A_region_that_fails_is_followed_by_the_next_best_as_a_new_peer()
    {
        var client = Client(options => options.ReturnToNearest = RegionReturn.Never);
        var changes = Regions(client);
        var (room, other) = (await client.JoinRoomAsync("math-101"), await client.JoinRoomAsync("math-102"));
        var (before, rejoined, otherRejoined) = (room.PeerId, Rejoined(room), Rejoined(other));
        await changes.NextAsync();

        FailNear(room);

        (await rejoined.NextAsync()).Should().Be(new RoomRejoined(before, room.PeerId, "far"));
        (await otherRejoined.NextAsync()).Region.Should().Be("far");
        (await changes.NextAsync()).Should().Be(new RegionChange(Near.Region, Far.Region));
        (await Far.Rooms.Connected.NextAsync()).Keys.Should().NotContain("resume", "a token is good in its own region only");
        (await Far.Rooms.Joins.NextAsync()).Resume.Should().BeNull();
        client.Region.Should().Be(Far.Region);
    }

    [Test]
    public async Task A_region_that_is_ready_but_lets_nobody_in_is_left_after_several_tries()
    {
        var client = Client(options => options.ReturnToNearest = RegionReturn.Never);
        var room = await client.JoinRoomAsync("math-101");
        var (rejoined, tries) = (Rejoined(room), 0);
        Near.Rooms.RefuseJoin = _ => new(ErrorCode.Unavailable, $"Try {++tries} failed.");

        Near.Cut(room.PeerId);

        (await rejoined.NextAsync()).Region.Should().Be("far");
        tries.Should().BeGreaterThan(2);
    }

    [Test]
    public async Task A_lost_connection_alone_is_resumed_in_the_same_region()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        var resumed = new Observed<RoomResumed>();
        room.Resumed += resumed.Handle;

        Near.Cut(room.PeerId);

        await resumed.NextAsync();
        room.Region.Should().Be("near");
    }

    [Test]
    public async Task Where_no_other_region_is_ready_a_client_stays_and_resumes()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        var resumed = new Observed<RoomResumed>();
        room.Resumed += resumed.Handle;
        Far.IsReady = false;
        FailNear(room);
        for (var rounds = 0; rounds < 3; rounds++) await Near.Asked.NextAsync(ready => !ready);

        HealNear();

        await resumed.NextAsync();
        room.Region.Should().Be("near");
    }

    [Test]
    public async Task A_region_whose_nodes_all_stop_is_left_before_they_do()
    {
        var client = Client(options => options.ReturnToNearest = RegionReturn.Never);
        var room = await client.JoinRoomAsync("math-101");
        var (rejoined, old) = (Rejoined(room), Near.Rooms.ConnectionOf(room.PeerId));
        FailNear();

        await Near.Rooms.TellGoingAwayAsync(old);

        (await rejoined.NextAsync()).Region.Should().Be("far");
        await Near.Connections.ClosedAsync(old);
        client.State.Should().Be(ConnectionState.Connected);
    }
}
