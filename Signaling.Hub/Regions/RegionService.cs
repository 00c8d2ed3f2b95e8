using Microsoft.Extensions.Options;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;

namespace Signaling.Hub.Regions;

/// <summary>The life of this node among other regions: connects to them, watches the links, takes in what they tell, and renews what they know.</summary>
internal sealed class RegionService(
    RegionLinks links, RegionWatch watch, RegionDesk desk, RegionDigests digests, RoomRegistry rooms, RoomRepair repair, IOptions<SignalingOptions> options, TimeProvider time)
    : BackgroundService
{
    private const int Desks = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (links.All.Count is 0) return;
        await Task.WhenAll(
        [
            watch.RunAsync(stoppingToken), RenewAsync(stoppingToken),
            .. links.All.Select(link => link.ConnectAsync(stoppingToken)),
            .. Enumerable.Range(0, Desks).Select(_ => desk.RunAsync(stoppingToken)),
        ]);
    }

    /// <summary>Lets the copies live on, and looks at the rooms that span regions: what was missed since is found.</summary>
    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(options.Value.Links.Lease / 4, time, stoppingToken);
            foreach (var link in links.All) digests.Send(link.Region);
            await repair.ReadAsync(rooms.All.Where(room => room.SpansRegions));
        }
    }
}
