using Signaling.Client;
using Signaling.Tests.Client;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>Two regions of real hubs, one of them far away, and a client that looks after itself.</summary>
internal sealed class RegionChoiceTests
{
    private const int Seoul = 0;
    private const int Frankfurt = 1;

    [Test]
    public async Task A_client_uses_the_nearer_region_falls_over_when_it_is_killed_and_goes_back_when_it_returns()
    {
        await using var regions = await RegionPair.StartAsync();
        regions.Ways[Frankfurt].Impair(new() { Delay = TimeSpan.FromMilliseconds(100) });
        var tokens = await TokenAsync();
        await using var client = new SignalingClient(new Uri(regions.Ways[Frankfurt].Url, "signaling"), new()
        {
            DiscoverRegions = true,
            ReturnAfter = TimeSpan.FromSeconds(3),
            TokenProvider = _ => new(tokens),
        });
        var (changes, rejoined) = (new Observed<RegionChange>(), new Observed<RoomRejoined>());
        client.RegionChanged += changes.Handle;

        await using var room = await client.JoinRoomAsync("math-101");
        room.Rejoined += rejoined.Handle;
        (await changes.NextAsync()).Should().Be(new RegionChange(null, regions.Regions[Seoul]));
        var first = room.PeerId;

        await regions.KillAsync(Seoul);

        (await changes.NextAsync()).Should().Be(new RegionChange(regions.Regions[Seoul], regions.Regions[Frankfurt]));
        var away = await rejoined.NextAsync();
        away.Should().Be(new RoomRejoined(first, away.NewPeerId, "frankfurt"));

        await regions.StartAsync(Seoul);

        (await changes.NextAsync()).Should().Be(new RegionChange(regions.Regions[Frankfurt], regions.Regions[Seoul]));
        (await rejoined.NextAsync()).Should().Be(new RoomRejoined(away.NewPeerId, room.PeerId, "seoul"));
        room.Region.Should().Be("seoul");
        client.State.Should().Be(ConnectionState.Connected);
        room.Peers.Should().BeEmpty("a peer that we were is no one else");
    }

    [Test]
    public async Task A_token_is_valid_in_every_region()
    {
        await using var regions = await RegionPair.StartAsync();
        var token = await TokenAsync();

        foreach (var region in regions.Regions)
        {
            await using var client = new SignalingClient(new Uri(region.Url + "/signaling"), new() { TokenProvider = _ => new(token) });
            await using var room = await client.JoinRoomAsync("math-101");
            (room.Region, client.Region).Should().Be((region.Name, region));
        }
    }

    private static async Task<string> TokenAsync()
    {
        var (_, output) = await HubProcess.RunAsync(
            new Dictionary<string, string> { ["Signaling__Access__Keys__0__Secret"] = RegionPair.Secret }, "token", "--user", "mina", "--room", "math-101");
        return output.Trim();
    }
}
