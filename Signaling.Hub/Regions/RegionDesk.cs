using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Regions.Replicas;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Regions;

/// <summary>Works off what nodes of other regions have told this one, and tells them of peers that they have to replace.</summary>
internal sealed partial class RegionDesk : IDisposable
{
    private readonly RegionInbox _inbox;
    private readonly ReplicaKeeper _keeper;
    private readonly RegionDigests _digests;
    private readonly RegionLinks _links;
    private readonly Reachability _reachability;
    private readonly RoomRegistry _rooms;
    private readonly Membership _membership;
    private readonly ILogger<RegionDesk> _logger;

    public RegionDesk(
        RegionInbox inbox, ReplicaKeeper keeper, RegionDigests digests, RegionLinks links, Reachability reachability, RoomRegistry rooms, Membership membership, ILogger<RegionDesk> logger)
    {
        (_inbox, _keeper, _digests, _links, _reachability, _rooms, _membership, _logger) = (inbox, keeper, digests, links, reachability, rooms, membership, logger);
        rooms.FoundAgain += SayGivenUp;
    }

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in _inbox.News.ReadAllAsync(stoppingToken))
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

    public void Dispose() => _rooms.FoundAgain -= SayGivenUp;

    private Task TakeAsync(RegionNews news) => news switch
    {
        RegionNews.Put put => _keeper.PutAsync(put.Region, put.Room, put.Version, put.Socket, put.Info, put.Told),
        RegionNews.Remove remove => _keeper.RemoveAsync(remove.Region, remove.Room, remove.Version, remove.PeerId, remove.Reason, remove.Told),
        RegionNews.Roster roster => _keeper.ReplaceAsync(roster.Region, roster.Room, roster.Version, roster.Fields),
        RegionNews.Digest digest => _keeper.CompareAsync(digest.Region, digest.Node, digest.Rooms),
        RegionNews.RostersWanted wanted => _digests.SendRostersAsync(wanted.Region, wanted.Node, wanted.Rooms),
        RegionNews.DigestsWanted wanted => SendDigestsAsync(wanted.Region),
        RegionNews.GivenUp given => ReplaceAsync(given.Room, given.PeerId),
        _ => Task.CompletedTask,
    };

    private Task SendDigestsAsync(string region)
    {
        _digests.Send(region);
        return Task.CompletedTask;
    }

    private Task ReplaceAsync(string room, string peerId) => _rooms.Find(room)?.RouteTo(peerId)?.Local is { } peer ? _membership.ReplaceAsync(peer) : Task.CompletedTask;

    private void SayGivenUp(string room, PeerEntry entry)
    {
        try
        {
            _links.Of(entry.Region!, entry.Node).GivenUp(_reachability.Own, room, entry.Id);
        }
        catch (NodeUnreachableException)
        {
            // It is found again when the room is read the next time.
        }
    }

    [LoggerMessage(43, LogLevel.Error, "What another region has told could not be taken in: {News}")]
    private partial void LogUntaken(Exception failure, string news);
}
