using System.Text.Json;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Hub.Operator.Console.Views;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Operator;

internal sealed class RoomSearchTests
{
    private const int Connections = 375;
    private const int Each = 8;

    [Test]
    public async Task Among_thousands_of_rooms_those_that_match_are_found_the_largest_first()
    {
        await using var hub = await InProcessHub.StartAsync(options =>
        {
            options.Limits.ConnectsPerSecond = 10_000;
            options.Ice.RelayOnlyRooms.Add("clinic-*");
        });
        var crowd = await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => VisitAsync(hub, i)));
        await using var large = await RawClient.JoinAsync(hub.HubUrl, "Class-17");
        await using var larger = await RawClient.JoinAsync(hub.HubUrl, "Class-17");
        await using var clinic = await RawClient.JoinAsync(hub.HubUrl, "clinic-1");
        await using var console = await ConsoleClient.OpenAsync(hub.Address);

        var all = await console.FirstAsync("Rooms", new { text = "", max = 100 });
        all.GetProperty("total").GetInt32().Should().Be((Connections * Each) + 2);
        Ids(all).Should().HaveCount(100).And.StartWith(["Class-17", "clinic-1", "room-0-0", "room-0-1"]);

        var some = await console.FirstAsync("Rooms", new { text = "CLASS", max = 100 });
        some.GetProperty("text").GetString().Should().Be("CLASS");
        var found = some.GetProperty("rooms").EnumerateArray().Single();
        found.GetProperty("peers").GetInt32().Should().Be(2);
        found.GetProperty("relayOnly").GetBoolean().Should().BeFalse();
        found.GetProperty("regions").EnumerateArray().Select(region => region.GetString()).Should().Equal("local");
        found.GetProperty("nodes").GetArrayLength().Should().Be(1);
        (await console.FirstAsync("Rooms", new { text = "clinic", max = 1 })).GetProperty("rooms")[0].GetProperty("relayOnly").GetBoolean().Should().BeTrue();
        (await console.FirstAsync("Rooms", new { text = "room-99-", max = 100 })).GetProperty("total").GetInt32().Should().Be(Each);
        (await console.FirstAsync("Rooms", new { text = "nowhere", max = 100 })).GetProperty("total").GetInt32().Should().Be(0);
        Ids(await console.FirstAsync("Rooms", new { text = "room", max = 100_000 })).Should().HaveCount(500);
        foreach (var one in crowd) await one.DisposeAsync();
    }

    [Test]
    public async Task A_room_that_opens_or_closes_is_seen_by_who_watches()
    {
        await using var hub = await InProcessHub.StartAsync();
        await using var console = await ConsoleClient.OpenAsync(hub.Address);
        await using var views = console.WatchAsync("Rooms", new { text = "math", max = 10 }).GetAsyncEnumerator();
        await views.MoveNextAsync();
        Ids(views.Current).Should().BeEmpty();

        await using var peer = await RawClient.JoinAsync(hub.HubUrl, "math-101");
        do await views.MoveNextAsync();
        while (Ids(views.Current).Count is 0);
        await peer.LeaveAsync();
        do await views.MoveNextAsync();
        while (Ids(views.Current).Count > 0);
    }

    [Test]
    public void Rooms_that_several_nodes_know_are_listed_and_counted_once()
    {
        var view = RoomSearch.Merge(new("", 2), [new(2, [Line("shared", 3), Line("one", 1)]), new(1, [Line("shared", 4), Line("two", 2)])]);

        view.Total.Should().Be(3);
        view.Rooms.Select(room => (room.Id, room.Peers)).Should().Equal(("shared", 4), ("two", 2));
    }

    private static IReadOnlyList<string> Ids(JsonElement view) => [.. view.GetProperty("rooms").EnumerateArray().Select(room => room.GetProperty("id").GetString()!)];

    private static RoomLine Line(string id, int peers) => new(id, peers, 0, ["kr"], ["node"], false);

    private static async Task<RawClient> VisitAsync(InProcessHub hub, int connection)
    {
        var client = await RawClient.ConnectAsync(hub.HubUrl);
        for (var room = 0; room < Each; room++) (await client.InvokeAsync("Join", $$"""{"room":"room-{{connection}}-{{room}}"}""")).Succeeded();
        return client;
    }
}
