using Signaling.Contracts;
using Signaling.Lab.Proxies;
using Signaling.Tests.Faults.Endurance;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Links between regions that break.</summary>
internal sealed class CutRegionTests : RegionScenario
{
    // Longer than the cut: nobody is given up.
    private static readonly Dictionary<string, string> Patient = new(RegionSetOptions.Quick) { ["Signaling__Links__Lease"] = "00:02:00" };

    [Test, Category(Soak.Category)]
    public async Task A_cut_link_makes_peers_unreachable_and_when_it_heals_everything_arrives()
    {
        await StartAsync(new() { Settings = Patient });

        Regions.Cut();
        await UntilCutAsync();
        await Task.Delay(Soak.Cut, TimeProvider.System);
        Crowd.Ledger.Check().Violations.Should().NotContain(line => line.Contains("leave", StringComparison.Ordinal));
        Regions.Heal();

        await UntilWholeAsync();
        await SurviveAsync();
    }

    [Test]
    public async Task What_changes_on_both_sides_of_a_cut_is_known_on_both_when_it_heals()
    {
        await StartAsync();
        var leaver = await JoinAsync("seoul", "room-0");
        await Eventually.TrueAsync(() => Crowd.Clients.Where(client => client.Room.Id == "room-0").All(client => client.Room.Peers.Any(peer => peer.Id == leaver.PeerId)), "everybody sees it");
        Regions.Cut();
        await UntilCutAsync();

        await leaver.LeaveAsync();
        var (seoul, frankfurt) = (await JoinAsync("seoul", "room-0"), await JoinAsync("frankfurt", "room-0"));
        frankfurt.Peers.Should().Contain(peer => peer.State == PeerState.Unreachable);
        Regions.Heal();

        await Eventually.TrueAsync(
            () => seoul.Peers.Any(peer => peer.Id == frankfurt.PeerId) && frankfurt.Peers.Any(peer => peer.Id == seoul.PeerId) && frankfurt.Peers.All(peer => peer.Id != leaver.PeerId),
            "both know of both and nobody of who has left");
        await UntilWholeAsync();
        await seoul.LeaveAsync();
        await frankfurt.LeaveAsync();
        await SurviveAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_link_that_works_one_way_only_does_not_flap(bool seoulIsDeaf)
    {
        await StartAsync();
        var changes = 0;
        foreach (var room in Crowd.Clients.Select(client => client.Room))
        {
            room.PeerStateChanged += _ =>
            {
                Interlocked.Increment(ref changes);
                return Task.CompletedTask;
            };
        }

        // What Frankfurt says to Seoul is lost, and so are Seoul's answers to Frankfurt; or the other way around.
        var lost = new Impairment { Frozen = true };
        Regions.Link("frankfurt", "seoul").Up = Regions.Link("seoul", "frankfurt").Down = seoulIsDeaf ? lost : new();
        Regions.Link("seoul", "frankfurt").Up = Regions.Link("frankfurt", "seoul").Down = seoulIsDeaf ? new() : lost;
        await UntilCutAsync();
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System);
        var across = StatesSeen().Count(state => state is PeerState.Unreachable);
        Volatile.Read(ref changes).Should().Be(across, "each peer across the link became unreachable once");
        Regions.Heal();

        await UntilWholeAsync();
        await SurviveAsync();
        Volatile.Read(ref changes).Should().Be(2 * across, "and came back once");
    }

    [Test]
    public async Task A_region_whose_redis_is_wiped_gets_the_rosters_of_the_others_again()
    {
        await StartAsync();

        await Regions["frankfurt"].Redis!.RestartAsync(keepData: false);
        await Regions.ReadyAsync();

        await Eventually.TrueAsync(async () => (await Regions["frankfurt"].Redis!.CliAsync("KEYS", "*:from:seoul")).Contains("room-0", StringComparison.Ordinal), "the copies are back");
        await UntilWholeAsync();
        var newcomer = await JoinAsync("frankfurt", "room-0");
        newcomer.Peers.Should().HaveCount(3);
        await newcomer.LeaveAsync();
        await SurviveAsync();
    }
}
