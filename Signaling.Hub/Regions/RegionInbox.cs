using System.Threading.Channels;
using Signaling.Hub.Nodes;
using Signaling.Hub.Nodes.Messages;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms.Directory;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Regions;

/// <summary>What nodes of other regions tell this one. Only takes it down: the backplane must not wait. What does not fit is made up for by the next digest.</summary>
internal sealed class RegionInbox(Reachability reachability, NodeNames names, RegionMetrics metrics, TimeProvider time) : IRegionNode
{
    private const int Capacity = 16384;

    private readonly Channel<RegionNews> _news = Channel.CreateBounded<RegionNews>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });

    public ChannelReader<RegionNews> News => _news.Reader;

    public Task Beat(string region, string node, bool hearsYou, long stamp, string? echoTo, long echoStamp, long heldMicroseconds)
    {
        reachability.Heard(region, node, hearsYou, stamp);
        if (echoTo is not null && names.IsMine(echoTo) && reachability.Knows(region))
        {
            var roundTrip = time.GetElapsedTime(echoStamp) - TimeSpan.FromMicroseconds(heldMicroseconds);
            if (roundTrip > TimeSpan.Zero)
            {
                metrics.RoundTrip(region, roundTrip);
                reachability.Measured(region, roundTrip);
            }
        }

        return Task.CompletedTask;
    }

    public Task KeepPut(string region, string room, string epoch, long version, byte[] socket, byte[] info, string[] told) =>
        Take(region, new RegionNews.Put(region, room, new RoomVersion(epoch, version), socket, info, told));

    public Task KeepRemove(string region, string room, string epoch, long version, string peerId, int reason, string[] told) =>
        Take(region, new RegionNews.Remove(region, room, new RoomVersion(epoch, version), peerId, reason, told));

    public Task KeepRoster(string region, string room, string epoch, long version, byte[][] fields) =>
        Take(region, new RegionNews.Roster(region, room, new RoomVersion(epoch, version), fields));

    public Task Digest(string region, string node, string[] rooms, string[] epochs, long[] versions) =>
        Take(region, new RegionNews.Digest(region, node, [.. rooms.Select((room, i) => (room, new RoomVersion(epochs[i], versions[i])))]));

    public Task AskDigests(string region) => Take(region, new RegionNews.DigestsWanted(region));

    public Task AskRosters(string region, string node, string[] rooms) => Take(region, new RegionNews.RostersWanted(region, node, rooms));

    public Task GivenUp(string region, string room, string peerId) => Take(region, new RegionNews.GivenUp(room, peerId));

    /// <summary>Whoever is in no list of regions has nothing to say.</summary>
    private Task Take(string region, RegionNews news)
    {
        if (reachability.Knows(region)) _news.Writer.TryWrite(news);
        return Task.CompletedTask;
    }
}

/// <summary>What another region has told.</summary>
internal abstract record RegionNews
{
    internal sealed record Put(string Region, string Room, RoomVersion Version, byte[] Socket, byte[] Info, string[] Told) : RegionNews;

    internal sealed record Remove(string Region, string Room, RoomVersion Version, string PeerId, int Reason, string[] Told) : RegionNews;

    internal sealed record Roster(string Region, string Room, RoomVersion Version, byte[][] Fields) : RegionNews;

    internal sealed record Digest(string Region, string Node, IReadOnlyList<(string Room, RoomVersion Version)> Rooms) : RegionNews;

    internal sealed record DigestsWanted(string Region) : RegionNews;

    internal sealed record RostersWanted(string Region, string Node, string[] Rooms) : RegionNews;

    internal sealed record GivenUp(string Room, string PeerId) : RegionNews;
}
