using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Hub.Regions;

/// <summary>Tells other regions the versions of this region's rooms, so that they notice what they have missed, and sends them what they then ask for.</summary>
internal sealed class RegionDigests(RegionLinks links, RegionAnnouncer announcer, RoomRegistry rooms, RedisRoomDirectory directory, Reachability reachability, NodeNames names)
{
    private const int RoomsAMessage = 500;

    /// <summary>Tells a region of the rooms for which this node speaks.</summary>
    public void Send(string region)
    {
        var spoken = rooms.All.Select(room => (room.Id, Version: room.Spokesman())).Where(room => room.Version is not null).Select(room => (room.Id, Version: room.Version!.Value));
        foreach (var kept in spoken.GroupBy(room => announcer.KeeperOf(region, room.Id)).Where(group => group.Key is not null))
        {
            foreach (var some in kept.Chunk(RoomsAMessage)) Tell(region, kept.Key!, node => node.Digest(
                reachability.Own, names.Current, [.. some.Select(room => room.Id)], [.. some.Select(room => room.Version.Epoch)], [.. some.Select(room => room.Version.Number)]));
        }
    }

    /// <summary>Asks a region for its digests.</summary>
    public void Ask(string region) => Tell(region, Backplane.AllNodes, node => node.AskDigests(reachability.Own));

    /// <summary>Asks all regions for their digests: the copies may have been lost.</summary>
    public void AskAll()
    {
        foreach (var link in links.All) Ask(link.Region);
    }

    /// <summary>Sends the rosters that a node of another region has asked for.</summary>
    /// <exception cref="DirectoryAwayException">They cannot be read.</exception>
    public async Task SendRostersAsync(string region, string node, IEnumerable<string> asked)
    {
        foreach (var room in asked)
        {
            var snapshot = await directory.ReadAsync(room);
            Tell(region, node, keeper => announcer.Roster(keeper, room, snapshot));
        }
    }

    private void Tell(string region, string node, Func<IRegionNode, Task> tell)
    {
        try
        {
            tell(links.Of(region, node));
        }
        catch (NodeUnreachableException)
        {
            // A digest follows when the link is back.
        }
    }
}
