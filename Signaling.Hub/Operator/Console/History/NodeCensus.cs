using Signaling.Hub.Rooms;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Operator.Console.History;

/// <summary>Counts what this node has.</summary>
internal sealed class NodeCensus(SessionRegistry sessions, RoomRegistry rooms)
{
    public NodeCounts Take()
    {
        var (peers, reconnecting, here, spoken) = (0, 0, 0, 0);
        foreach (var room in rooms.All)
        {
            var tally = room.Tally();
            peers += tally.Local;
            reconnecting += tally.LocalAway;
            if (tally.Local > 0) here++;
            if (tally.SpeaksForRegion) spoken++;
        }

        return new(sessions.Count, peers, reconnecting, here, spoken);
    }
}

/// <param name="Connections">Client connections.</param>
/// <param name="Peers">Peers of this node, those that reconnect among them.</param>
/// <param name="Reconnecting">Those that have no connection now.</param>
/// <param name="Rooms">Rooms in which this node has peers.</param>
/// <param name="RoomsSpokenFor">Those that this node counts for its region, so that none is counted twice.</param>
internal readonly record struct NodeCounts(int Connections, int Peers, int Reconnecting, int Rooms, int RoomsSpokenFor);
