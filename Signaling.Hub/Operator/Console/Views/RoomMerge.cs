using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>Puts together what several nodes know of one room. Of each peer its own node knows best; of one whose node is silent the others still know something.</summary>
internal sealed class RoomMerge(string id, TimeProvider time)
{
    private readonly KnownNodes _nodes = new(time);
    private readonly Dictionary<string, NodeRoom> _rooms = new(StringComparer.Ordinal);
    private readonly List<EventView> _timeline = [];
    private bool _relayOnly;
    private bool _isFirst = true;

    /// <summary>What need not be said again.</summary>
    public RoomQuestion Question => new(id, _rooms.ToDictionary(room => room.Key, room => new RoomSeen(room.Value.Stamp, room.Value.End)));

    /// <summary>Takes in answers.</summary>
    /// <returns>The room; <c>null</c> when it is as before.</returns>
    public RoomView? Heard(IReadOnlyList<Heard> answers)
    {
        var about = answers.Where(heard => heard.Answer.Room is not null).ToArray();
        var changed = _nodes.Heard(about) | _isFirst;
        _isFirst = false;
        foreach (var heard in about) changed |= Take(heard.Answer, heard.Answer.Room!);
        return changed ? View() : null;
    }

    /// <returns>Whether it says anything new.</returns>
    private bool Take(Answer answer, RoomPart part)
    {
        if (!_rooms.TryGetValue(answer.Instance, out var room)) _rooms.Add(answer.Instance, room = new NodeRoom());
        if (part.End < room.End) return false; // An answer that was overtaken.
        var events = part.Events.Select(one => new EventView(one.At, one.Kind, one.Peer, one.To, one.Detail, answer.Node, answer.Region)).ToArray();
        var isNew = part.End > room.End ? events : [];
        var changed = part.Peers is not null || room.Version != part.Version || isNew.Length > 0;
        (room.Stamp, room.Version, room.Peers, room.End, _relayOnly) = (part.Stamp, part.Version, part.Peers ?? room.Peers, part.End, part.RelayOnly);
        _timeline.AddRange(isNew);
        return changed;
    }

    private RoomView View()
    {
        var nodes = _nodes.All.Where(node => _rooms.ContainsKey(node.Answer.Instance)).ToArray();
        var answering = nodes.Where(node => node.Answers).Select(node => node.Answer.Node).ToHashSet(StringComparer.Ordinal);
        var peers = nodes
            .SelectMany(node => _rooms[node.Answer.Instance].Peers)
            .Where(peer => peer.IsLocal || !answering.Contains(peer.Node)) // What its own node does not have is not there any more, or not yet.
            .GroupBy(peer => peer.Id)
            .Select(claims => claims.OrderByDescending(claim => claim.IsLocal && answering.Contains(claim.Node)).First())
            .OrderBy(peer => peer.JoinedAt).ThenBy(peer => peer.Id, StringComparer.Ordinal)
            .Select(peer => new PeerView(peer.Id, peer.Name, peer.Region, peer.Node, peer.State, peer.JoinedAt, peer.Attributes))
            .ToArray();
        Order();
        var version = nodes.Select(node => _rooms[node.Answer.Instance].Version).FirstOrDefault(known => known is not null);
        return new(id, peers.Length > 0, version, _relayOnly, peers, [.. _timeline]);
    }

    /// <summary>By the clocks of the nodes; what one node tells stays in its order when that is the same.</summary>
    private void Order()
    {
        var ordered = _timeline.OrderBy(one => one.At).TakeLast(RoomsReader.MostEvents).ToArray();
        _timeline.Clear();
        _timeline.AddRange(ordered);
    }

    private sealed class NodeRoom
    {
        public string? Stamp { get; set; }

        public string? Version { get; set; }

        public IReadOnlyList<PeerPart> Peers { get; set; } = [];

        public long End { get; set; } = -1;
    }
}
