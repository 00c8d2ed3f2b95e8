using Signaling.Contracts;
using Signaling.Hub.Ice.RelayOnly;
using Signaling.Hub.Operator.Console.Journal;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Operator.Console.Survey;

/// <summary>Says which rooms this node has, and what it knows of one.</summary>
internal sealed class RoomsReader(RoomRegistry rooms, RoomJournal journal, RelayOnlyRooms relayOnly, Reachability reachability)
{
    /// <summary>More rooms are in no answer, whoever asks.</summary>
    public const int MostRooms = 500;

    /// <summary>More events are in no answer and in no timeline.</summary>
    public const int MostEvents = 500;

    private const int MostNodes = 32;

    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>();
    private static readonly string[] Kinds = [.. Enum.GetValues<RoomEventKind>().Select(MetricLabels.Of)];
    private static readonly string[] States = [.. Enum.GetValues<PeerState>().Select(MetricLabels.Of)];

    public RoomsPart Find(RoomsQuestion question)
    {
        var matching = rooms.All
            .Where(room => room.Id.Contains(question.Text, StringComparison.OrdinalIgnoreCase))
            .Where(room => question.Region is not { } region || room.HasPeersIn(region == reachability.Own ? null : region))
            .Select(room => (Room: room, Tally: room.Tally()))
            .Where(found => found.Tally.Local > 0)
            .ToArray();
        var largest = matching.OrderByDescending(found => found.Tally.Peers).ThenBy(found => found.Room.Id, StringComparer.Ordinal).Take(Math.Clamp(question.Max, 0, MostRooms));
        return new(matching.Count(found => found.Tally.Speaks), [.. largest.Select(found => LineOf(found.Room, found.Tally))]);
    }

    public RoomPart Read(RoomQuestion question, RoomSeen? seen)
    {
        var room = rooms.Find(question.Id) is { HasLocalPeers: true } known ? known : null;
        var stamp = room?.Stamp; // Before the roster: it may only be newer than its stamp.
        var peers = stamp == seen?.Stamp && seen is not null ? null : room?.Members().Select(PartOf).ToArray() ?? [];
        var (events, end) = journal.Of(question.Id, seen?.End ?? 0, MostEvents); // After the roster: it has why somebody is gone from there.
        return new RoomPart
        {
            Stamp = stamp,
            Version = room?.DirectoryVersion is { } version ? $"{version.Epoch}:{version.Number}" : null,
            RelayOnly = relayOnly.Includes(question.Id),
            Peers = peers,
            Events = [.. events.Select(one => new EventPart(one.At, Kinds[(int)one.Kind], one.Peer, one.To, one.Detail))],
            End = end,
        };
    }

    private RoomLine LineOf(Room room, RoomTally tally)
    {
        var members = room.Members();
        return new(
            room.Id, tally.Peers, tally.Reconnecting,
            [.. members.Select(RegionOf).Distinct().Order(StringComparer.Ordinal).Take(MostNodes)],
            [.. members.Select(member => member.Entry.Node).Distinct().Order(StringComparer.Ordinal).Take(MostNodes)],
            relayOnly.Includes(room.Id));
    }

    private PeerPart PartOf(WatchedMember member) => new(
        member.Entry.Id,
        member.Entry.Info.Name,
        RegionOf(member),
        member.Entry.Node,
        States[(int)member.State],
        member.Entry.Joined > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(member.Entry.Joined) : null,
        member.IsLocal,
        member.IsLocal ? member.Entry.Info.Attributes ?? NoAttributes : NoAttributes);

    private string RegionOf(WatchedMember member) => member.Entry.Region ?? reachability.Own;
}
