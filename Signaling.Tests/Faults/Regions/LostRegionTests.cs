using System.Collections.Concurrent;
using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Regions that do not come back, and those that were given up and do.</summary>
internal sealed class LostRegionTests : RegionScenario
{
    private static readonly Dictionary<string, string> Impatient = new(RegionSetOptions.Quick) { ["Signaling__Links__Lease"] = "00:00:06" };

    [Test]
    public async Task The_peers_of_a_lost_region_leave_after_its_lease_each_once_and_newcomers_do_not_see_them()
    {
        await StartAsync(new() { Settings = Impatient });
        var watcher = await JoinAsync("seoul", "room-0");
        var left = new ConcurrentQueue<(string Id, LeaveReason Reason)>();
        watcher.PeerLeft += leaving =>
        {
            left.Enqueue((leaving.Peer.Id, leaving.Reason));
            return Task.CompletedTask;
        };
        var lost = Crowd.Clients.Where(client => client.Room.Id == "room-0").Select(client => client.Room.PeerId).Intersect(await FarFromAsync(watcher)).ToArray();

        foreach (var node in Regions["frankfurt"].Nodes) await node.Process.KillAsync();
        Regions["frankfurt"].Redis!.Freeze();

        await Eventually.TrueAsync(() => left.Count >= lost.Length, "they leave", TimeSpan.FromSeconds(30));
        left.Should().BeEquivalentTo(lost.Select(id => (id, LeaveReason.RegionLost)));
        (await JoinAsync("seoul", "room-0")).Peers.Select(peer => peer.Id).Should().NotContain(lost);
        Regions["frankfurt"].Redis!.Thaw();
    }

    [Test]
    public async Task A_region_that_was_given_up_and_comes_back_has_its_peers_again()
    {
        await StartAsync(new() { Settings = Impatient });
        var (seoul, frankfurt) = (await JoinAsync("seoul", "math-101"), await JoinAsync("frankfurt", "math-101"));
        await Eventually.TrueAsync(() => seoul.Peers.Count == 1 && frankfurt.Peers.Count == 1, "they see each other");

        Regions.Cut();
        await Eventually.TrueAsync(() => seoul.Peers.Count == 0 && frankfurt.Peers.Count == 0, "each has given the other up", TimeSpan.FromSeconds(30));
        Regions.Heal();

        await Eventually.TrueAsync(() => seoul.Peers.Count == 1 && frankfurt.Peers.Count == 1, "they see each other again", TimeSpan.FromSeconds(30));
        await seoul.Peers[0].SendDataAsync(System.Text.Json.JsonSerializer.SerializeToElement("hi"));
    }

    private async Task<IReadOnlyList<string>> FarFromAsync(Room watcher)
    {
        var copies = await Regions["seoul"].Redis!.CliAsync("HKEYS", $"signaling:room:{{{watcher.Id}}}:from:frankfurt");
        return [.. copies.Split('\n').Where(field => field.Trim().StartsWith("s:", StringComparison.Ordinal)).Select(field => field.Trim()[2..])];
    }
}
