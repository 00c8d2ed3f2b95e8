using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>
/// What the app's handlers know of a room, against what is. The difference is the next event: handlers that are slow or come late see
/// fewer steps, never a wrong end, and nothing is queued. Guarded by the room's lock.
/// </summary>
internal sealed class RoomAnnouncements
{
    // An app without a PeerLeft handler must not make the client remember everyone who ever left.
    private const int MostAnnounced = 256;

    private readonly Dictionary<string, (RemotePeer Peer, IReadOnlyDictionary<string, string> Attributes)> announced = [];
    private readonly Dictionary<string, LeaveReason> reasons = [];

    /// <summary>The id that this client's peer had when the handlers last heard of it, if it has another now.</summary>
    public string? OldPeerId { get; set; }

    /// <summary>The handlers know this peer without being told.</summary>
    public void Know(RemotePeer peer) => announced[peer.Id] = (peer, peer.Attributes);

    public void Left(string peerId, LeaveReason reason)
    {
        if (announced.ContainsKey(peerId)) reasons[peerId] = reason;
    }

    public PeerDeparture? NextDeparture(IReadOnlyDictionary<string, RemotePeer> present, bool wanted)
    {
        foreach (var id in announced.Keys.Where(id => !present.ContainsKey(id)).Take(wanted || announced.Count > MostAnnounced ? 1 : 0))
        {
            var departure = new PeerDeparture(announced[id].Peer, reasons.TryGetValue(id, out var reason) ? reason : LeaveReason.Unknown);
            announced.Remove(id);
            reasons.Remove(id);
            return departure;
        }

        return null;
    }

    public RemotePeer? NextArrival(IEnumerable<RemotePeer> present)
    {
        var arrived = present.FirstOrDefault(peer => !announced.ContainsKey(peer.Id));
        if (arrived is not null) Know(arrived);
        return arrived;
    }

    public RemotePeer? NextUpdate(IEnumerable<RemotePeer> present)
    {
        var updated = present.FirstOrDefault(peer => announced.TryGetValue(peer.Id, out var known) && known.Attributes != peer.Attributes);
        if (updated is not null) Know(updated);
        return updated;
    }
}
