using System.Text.Json;
using Signaling.Tests.Faults.Regions;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Operator;

/// <summary>The console of one region, which shows the others too.</summary>
internal sealed class ConsoleRegionTests
{
    [Test]
    public async Task One_region_shows_the_other_until_the_link_is_cut_and_again_when_it_heals()
    {
        await using var regions = await RegionSet.StartAsync(new() { Delay = TimeSpan.FromMilliseconds(40) });
        var seoul = regions["seoul"].Nodes[0];
        await using var mina = await RawClient.JoinAsync(seoul.HubUrl, "math-101", "Mina");
        await using var ben = await RawClient.JoinAsync(regions["frankfurt"].Nodes[0].HubUrl, "math-101", "Ben");
        await mina.Client.MessageAsync("PeerJoined");
        await using var alone = await RawClient.JoinAsync(seoul.HubUrl, "math-of-seoul");
        await using var console = await ConsoleClient.OpenAsync(seoul.Address);

        var view = await console.UntilAsync("Overview", overview => NodesOf(overview, "frankfurt") is 1 && Link(overview).GetProperty("delayMs").ValueKind is JsonValueKind.Number);
        Link(view).GetProperty("up").GetBoolean().Should().BeTrue();
        Link(view).GetProperty("delayMs").GetDouble().Should().BeInRange(35, 400);
        view.GetProperty("regions").EnumerateArray().Select(region => region.GetProperty("url").GetString()).Should().Equal("https://seoul.example.com", "https://frankfurt.example.com");
        view.GetProperty("nodes").GetArrayLength().Should().Be(2);
        view = await console.UntilAsync("Overview", overview => overview.GetProperty("rooms").GetInt32() is 2); // Once each has heard of the other's peers: a room of two regions is one.
        (RoomsOf(view, "seoul"), RoomsOf(view, "frankfurt")).Should().Be((2, 1));

        var room = await console.UntilAsync("Room", one => one.GetProperty("peers").GetArrayLength() is 2 && one.GetProperty("timeline").GetArrayLength() is 2, "math-101");
        room.GetProperty("timeline").EnumerateArray().Select(one => one.GetProperty("region").GetString()).Should().Equal("seoul", "frankfurt");
        room.GetProperty("peers").EnumerateArray().Select(peer => (peer.GetProperty("name").GetString(), peer.GetProperty("region").GetString())).Should().Equal(("Mina", "seoul"), ("Ben", "frankfurt"));
        var rooms = await console.UntilAsync("Rooms", found => found.GetProperty("rooms").GetArrayLength() is 2, new { text = "math", max = 10 });
        rooms.GetProperty("total").GetInt32().Should().Be(2, "a room of two regions is one");
        rooms.GetProperty("rooms")[0].GetProperty("regions").EnumerateArray().Select(region => region.GetString()).Should().Equal("frankfurt", "seoul");
        (await RoomsOfAsync("seoul")).Should().Equal("math-101", "math-of-seoul");
        (await RoomsOfAsync("frankfurt")).Should().Equal("math-101");
        (await RoomsOfAsync("nowhere")).Should().BeEmpty();
        await console.UntilAsync("History", history => history.GetProperty("regions").EnumerateArray().Any(region => region.GetProperty("name").GetString() is "frankfurt"));

        regions.Cut();
        view = await console.UntilAsync("Overview", overview => NodesOf(overview, "frankfurt") is 0 && !Link(overview).GetProperty("up").GetBoolean());
        NodesOf(view, "seoul").Should().Be(1);
        room = await console.UntilAsync("Room", one => one.GetProperty("peers").EnumerateArray().Any(peer => peer.GetProperty("state").GetString() is "unreachable"), "math-101");
        room.GetProperty("peers").GetArrayLength().Should().Be(2);

        regions.Heal();
        await console.UntilAsync("Overview", overview => NodesOf(overview, "frankfurt") is 1 && Link(overview).GetProperty("up").GetBoolean());
        await console.UntilAsync("Room", one => one.GetProperty("peers").EnumerateArray().All(peer => peer.GetProperty("state").GetString() is "connected"), "math-101");

        async Task<IEnumerable<string?>> RoomsOfAsync(string region)
        {
            var found = await console.FirstAsync("Rooms", new { text = "math", max = 10, region });
            return found.GetProperty("rooms").EnumerateArray().Select(one => one.GetProperty("id").GetString());
        }
    }

    private static JsonElement Region(JsonElement overview, string name) => overview.GetProperty("regions").EnumerateArray().Single(region => region.GetProperty("name").GetString() == name);

    private static int RoomsOf(JsonElement overview, string name) => Region(overview, name).GetProperty("rooms").GetInt32();

    private static int NodesOf(JsonElement overview, string name) => Region(overview, name).GetProperty("nodes").GetInt32();

    private static JsonElement Link(JsonElement overview) => Region(overview, "frankfurt").GetProperty("link");
}
