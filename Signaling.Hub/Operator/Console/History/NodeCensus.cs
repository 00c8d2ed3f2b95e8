using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Operator.Console.History;

/// <summary>Counts what this node has.</summary>
internal sealed class NodeCensus(SessionRegistry sessions, RoomRegistry rooms)
{
    public NodeCounts Take()
    {
        var (peers, reconnecting, here, ofRegion, ofService) = (0, 0, 0, 0, 0);
        foreach (var room in rooms.All)
        {
            var tally = room.Tally();
            peers += tally.Local;
            reconnecting += tally.LocalAway;
            if (tally.Local > 0) here++;
            if (tally.SpeaksForRegion) ofRegion++;
            if (tally.Speaks) ofService++;
        }

        return new(sessions.Count, peers, reconnecting, here, ofRegion, ofService);
    }
}

/// <param name="Connections">Client connections.</param>
/// <param name="Peers">Peers of this node, those that reconnect among them.</param>
/// <param name="Reconnecting">Those that have no connection now.</param>
/// <param name="Rooms">Rooms in which this node has peers.</param>
/// <param name="RoomsOfRegion">Those that this node counts for its region, so that none is counted twice there.</param>
/// <param name="RoomsOfService">Those that it counts for all regions together.</param>
internal readonly record struct NodeCounts(int Connections, int Peers, int Reconnecting, int Rooms, int RoomsOfRegion, int RoomsOfService);
