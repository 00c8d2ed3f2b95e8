using Microsoft.Extensions.Options;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Replicas;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Regions;

/// <summary>The life of this node among other regions: beats, watches the links, and keeps the copies of rosters, here and there, the same as the originals.</summary>
internal sealed partial class RegionService(
    RegionLinks links, RegionInbox inbox, ReplicaKeeper keeper, RegionDigests digests, Reachability reachability, RoomRegistry rooms, RoomRepair repair, Membership membership, NodeNames names, IOptions<SignalingOptions> options, TimeProvider time,
    ILogger<RegionService> logger) : BackgroundService
{
    private const int Workers = 8;

    private readonly RegionLinkOptions _options = options.Value.Links;

    public override void Dispose()
    {
        rooms.FoundAgain -= SayGivenUp;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (links.All.Count is 0) return;
        rooms.FoundAgain += SayGivenUp;
        await Task.WhenAll(
        [
            BeatAsync(stoppingToken), RenewAsync(stoppingToken),
            .. links.All.Select(link => link.ConnectAsync(stoppingToken)),
            .. Enumerable.Range(0, Workers).Select(_ => TakeNewsAsync(stoppingToken)),
        ]);
    }

    private async Task BeatAsync(CancellationToken stoppingToken)
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
                ForAllRooms(repair.Read);
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

    private void SayGivenUp(string room, PeerEntry entry)
    {
        try
        {
            links.Of(entry.Region!, entry.Node).GivenUp(reachability.Own, room, entry.Id);
        }
        catch (NodeUnreachableException)
        {
            // It is found again when the room is read the next time.
        }
    }

    private void ForAllRooms(Action<Room> act)
    {
        foreach (var room in rooms.All) act(room);
    }

    /// <summary>Lets the copies live on, and looks at the rooms that span regions: what was missed since is found.</summary>
    private async Task RenewAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(_options.Lease / 4, time, stoppingToken);
            foreach (var link in links.All) digests.Send(link.Region);
            foreach (var room in rooms.All.Where(room => room.SpansRegions)) repair.Read(room);
        }
    }

    private async Task TakeNewsAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in inbox.News.ReadAllAsync(stoppingToken))
        {
            try
            {
                await TakeAsync(news);
            }
            catch (DirectoryAwayException)
            {
                // When it is back, digests are asked for.
            }
            catch (Exception failure)
            {
                LogUntaken(failure, news.GetType().Name);
            }
        }
    }

    private Task TakeAsync(RegionNews news) => news switch
    {
        RegionNews.Put put => keeper.PutAsync(put.Region, put.Room, put.Version, put.Socket, put.Info, put.Told),
        RegionNews.Remove remove => keeper.RemoveAsync(remove.Region, remove.Room, remove.Version, remove.PeerId, remove.Reason, remove.Told),
        RegionNews.Roster roster => keeper.ReplaceAsync(roster.Region, roster.Room, roster.Version, roster.Fields),
        RegionNews.Digest digest => keeper.CompareAsync(digest.Region, digest.Node, digest.Rooms),
        RegionNews.RostersWanted wanted => digests.SendRostersAsync(wanted.Region, wanted.Node, wanted.Rooms),
        RegionNews.DigestsWanted wanted => SendDigestsAsync(wanted.Region),
        RegionNews.GivenUp given => rooms.Find(given.Room)?.RouteTo(given.PeerId)?.Local is { } peer ? membership.ReplaceAsync(peer) : Task.CompletedTask,
        _ => Task.CompletedTask,
    };

    private Task SendDigestsAsync(string region)
    {
        digests.Send(region);
        return Task.CompletedTask;
    }

    [LoggerMessage(40, LogLevel.Information, "The region {Region} can be reached")]
    private partial void LogOpen(string region);

    [LoggerMessage(41, LogLevel.Warning, "The region {Region} cannot be reached; its peers are unreachable")]
    private partial void LogCut(string region);

    [LoggerMessage(42, LogLevel.Error, "The region {Region} is given up; its peers leave")]
    private partial void LogLost(string region);

    [LoggerMessage(43, LogLevel.Error, "What another region has told could not be taken in: {News}")]
    private partial void LogUntaken(Exception failure, string news);
}
