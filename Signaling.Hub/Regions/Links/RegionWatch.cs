using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Rooms;

namespace Signaling.Hub.Regions.Links;

/// <summary>Beats, so that other regions hear this node, and judges by their beats which of them can be reached.</summary>
internal sealed partial class RegionWatch(
    RegionLinks links, Reachability reachability, RegionDigests digests, RoomRegistry rooms, RoomRepair repair, BackgroundWork background, NodeNames names, IOptions<SignalingOptions> options,
    TimeProvider time, ILogger<RegionWatch> logger)
{
    private readonly RegionLinkOptions _options = options.Value.Links;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        for (var last = time.GetTimestamp(); ; last = time.GetTimestamp())
        {
            await Task.Delay(_options.Beat, time, stoppingToken);
            if (time.GetElapsedTime(last) > _options.Silence) reachability.Forgive();
            foreach (var link in links.All)
            {
                Beat(link);
                Judge(link);
            }
        }
    }

    private void Beat(RegionLink link)
    {
        try
        {
            var echo = reachability.EchoTo(link.Region);
            link.Of(Backplane.AllNodes).Beat(
                reachability.Own, names.Current, reachability.Hears(link.Region), time.GetTimestamp(), echo?.Node, echo?.Stamp ?? 0, (long)(echo?.Held.TotalMicroseconds ?? 0));
        }
        catch (NodeUnreachableException)
        {
            // Its silence there says it.
        }
    }

    private void Judge(RegionLink link)
    {
        switch (reachability.Judge(link.Region, link.IsUp))
        {
            case Verdict.NodesChanged:
                ForAllRooms(room => room.Review());
                break;
            case Verdict.Opened:
                ForAllRooms(room => room.Review());
                Meet(link.Region);
                break;
            case Verdict.Returned:
                background.Run(() => repair.ReadAsync(rooms.All));
                Meet(link.Region);
                break;
            case Verdict.Cut:
                LogCut(link.Region);
                ForAllRooms(room => room.Review());
                break;
            case Verdict.Lost:
                LogLost(link.Region);
                ForAllRooms(room => room.GiveUp(link.Region));
                break;
        }
    }

    /// <summary>Both sides may have missed anything.</summary>
    private void Meet(string region)
    {
        LogOpen(region);
        digests.Send(region);
        digests.Ask(region);
    }

    private void ForAllRooms(Action<Room> act)
    {
        foreach (var room in rooms.All) act(room);
    }

    [LoggerMessage(40, LogLevel.Information, "The region {Region} can be reached")]
    private partial void LogOpen(string region);

    [LoggerMessage(41, LogLevel.Warning, "The region {Region} cannot be reached; its peers are unreachable")]
    private partial void LogCut(string region);

    [LoggerMessage(42, LogLevel.Error, "The region {Region} is given up; its peers leave")]
    private partial void LogLost(string region);
}
