using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Regions;

internal sealed class ReturnTests : RegionFixture
{
    [Test]
    public async Task A_client_that_is_alone_goes_back_when_the_nearest_region_is_well_again()
    {
        var client = Client();
        var room = await DriveOutAsync(client);
        var (before, rejoined) = (room.PeerId, Rejoined(room));
        var states = new Observed<ConnectionStateChange>();
        await Eventually.TrueAsync(() => client.State is ConnectionState.Connected, "connected");
        client.StateChanged += states.Handle;

        HealNear();

        (await rejoined.NextAsync(news => news.Region is "near")).Should().Be(new RoomRejoined(before, room.PeerId, "near"));
        await Far.Connections.AllClosedAsync();
        client.Region.Should().Be(Near.Region);
        states.Seen.Should().Be(0, "it was connected all the time");
    }

    [Test]
    public async Task A_client_in_company_stays_until_it_is_alone()
    {
        var client = Client();
        var guest = await Far.Rooms.AddAsync("math-101");
        var room = await DriveOutAsync(client);
        var alone = Client();
        var other = await DriveOutAsync(alone, "math-102");
        var (rejoined, rejoinedAlone) = (Rejoined(room), Rejoined(other));

        HealNear();

        await rejoinedAlone.NextAsync(news => news.Region is "near");
        room.Region.Should().Be("far");
        await Far.Rooms.RemoveAsync(guest);
        await rejoined.NextAsync(news => news.Region is "near");
    }

    [Test]
    public async Task A_connection_that_is_lost_in_company_is_resumed_where_it_was_though_another_region_is_nearer()
    {
        var client = Client();
        await Far.Rooms.AddAsync("math-101");
        var room = await DriveOutAsync(client);
        var resumed = new Observed<RoomResumed>();
        room.Resumed += resumed.Handle;
        HealNear();
        await Eventually.TrueAsync(() => client.NearestRegion == Near.Region, "the near region is measured again");

        Far.Cut(room.PeerId);

        (await resumed.NextAsync()).PeerId.Should().Be(room.PeerId);
        room.Region.Should().Be("far");
    }

    [Test]
    public async Task A_client_that_may_always_go_back_leaves_its_company_there_properly()
    {
        var client = Client(options => options.ReturnToNearest = RegionReturn.Always);
        var guest = await Client(options => new(Far.Url, options)).JoinRoomAsync("math-101");
        var left = new Observed<PeerDeparture>();
        guest.PeerLeft += left.Handle;
        await DriveOutAsync(client);

        HealNear();

        (await left.NextAsync()).Reason.Should().Be(LeaveReason.Left);
    }

    [Test]
    public async Task A_client_that_may_never_go_back_stays()
    {
        var (staying, going) = (Client(options => options.ReturnToNearest = RegionReturn.Never), Client());
        var rooms = new[] { await DriveOutAsync(staying), await DriveOutAsync(going, "math-102") };
        var rejoined = Rejoined(rooms[1]);

        HealNear();

        await rejoined.NextAsync(news => news.Region is "near");
        rooms[0].Region.Should().Be("far");
    }

    [Test]
    public async Task A_region_that_looks_well_but_lets_nobody_in_costs_no_connection()
    {
        var client = Client();
        var room = await DriveOutAsync(client);
        var before = room.PeerId;
        var tried = new Observed<bool>();
        Near.Rooms.RefuseJoin = _ =>
        {
            tried.Handle(true);
            return new(ErrorCode.Unavailable, "Not yet.");
        };

        Near.IsReady = true;

        await tried.NextAsync();
        await tried.NextAsync();
        (room.PeerId, room.Region, client.State).Should().Be((before, "far", ConnectionState.Connected));
        await room.RefreshIceAsync();
    }

    [Test]
    public async Task A_client_without_rooms_ends_its_connection_there_and_the_next_one_is_to_the_nearest_region()
    {
        var client = Client();
        await Far.Rooms.AddAsync("math-101");
        var room = await DriveOutAsync(client);
        HealNear();

        await room.LeaveAsync();
        await Far.Connections.AllClosedAsync();

        (await client.JoinRoomAsync("math-102")).Region.Should().Be("near");
    }

    /// <summary>Joins a room in the far region, because the near one has failed.</summary>
    private async Task<Room> DriveOutAsync(SignalingClient client, string id = "math-101")
    {
        Near.IsReady = true;
        var room = await client.JoinRoomAsync(id);
        if (room.Region is "far") return room;
        var rejoined = Rejoined(room);
        FailNear(room);
        await rejoined.NextAsync(news => news.Region is "far");
        return room;
    }
}
