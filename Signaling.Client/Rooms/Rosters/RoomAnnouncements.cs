using Signaling.Contracts;

namespace Signaling.Client.Rooms.Rosters;

/// <summary>
/// What the app's handlers know of a room, against what is. The difference is the next event: handlers that are slow or come late see
/// fewer steps, never a wrong end, and nothing is queued. Guarded by the room's lock.
/// </summary>
internal sealed class RoomAnnouncements
{
    // An app without a PeerLeft handler must not make the client remember everyone who ever left.
    private const int MostKnown = 256;

    private readonly Dictionary<string, Known> known = [];

    /// <summary>The id that this client's peer had when the handlers last heard of it, if it has another now.</summary>
    public string? OldPeerId { get; set; }

    /// <summary>Whether this client's peer was resumed since the handlers last heard of it.</summary>
    public bool Resumed { get; set; }

    /// <summary>Whether the ICE servers have changed since the handlers last heard of them.</summary>
    public bool IceServersChanged { get; set; }

    /// <summary>The peer is in the room.</summary>
    public void See(RemotePeer peer)
    {
        if (!known.ContainsKey(peer.Id)) known.Add(peer.Id, new(peer));
    }

    /// <summary>The handlers know this peer without being told.</summary>
    public void Know(RemotePeer peer) => known[peer.Id] = new(peer) { Arrived = true };

    public void Left(string peerId, LeaveReason reason)
    {
        if (known.TryGetValue(peerId, out var left)) left.Reason = reason;
    }

    /// <param name="present">Who is in the room.</param>
    /// <param name="arrivalsWanted">Whether the app is told of arrivals; who came and went before it was told is then none of its business.</param>
    public PeerDeparture? NextDeparture(IReadOnlyDictionary<string, RemotePeer> present, bool arrivalsWanted)
    {
        foreach (var gone in known.Values.Where(peer => !present.ContainsKey(peer.Peer.Id)).ToArray())
        {
            known.Remove(gone.Peer.Id);
            if (gone.Arrived || !arrivalsWanted) return new(gone.Peer, gone.Reason);
        }

        return null;
    }

    /// <summary>Nobody asks who left: forgets some of them.</summary>
    public void Trim(IReadOnlyDictionary<string, RemotePeer> present)
    {
        if (known.Count <= MostKnown + present.Count) return;
        foreach (var gone in known.Keys.Where(id => !present.ContainsKey(id)).ToArray()) known.Remove(gone);
    }

    public RemotePeer? NextArrival(IEnumerable<RemotePeer> present)
    {
        var arrived = present.FirstOrDefault(peer => !known[peer.Id].Arrived);
        if (arrived is not null) Know(arrived);
        return arrived;
    }

    public RemotePeer? NextUpdate(IEnumerable<RemotePeer> present)
    {
        foreach (var peer in present)
        {
            var told = known[peer.Id];
            var now = peer.Attributes;
            if (AreEqual(told.Attributes, now)) continue;
            told.Attributes = now;
            return peer;
        }

        return null;
    }

    public RemotePeer? NextState(IEnumerable<RemotePeer> present)
    {
        var changed = present.FirstOrDefault(peer => known[peer.Id].State != peer.State);
        if (changed is not null) known[changed.Id].State = changed.State;
        return changed;
    }

    private static bool AreEqual(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one == other || (one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value));

    private sealed class Known(RemotePeer peer)
    {
        public RemotePeer Peer => peer;

        public bool Arrived { get; init; }

        public IReadOnlyDictionary<string, string> Attributes { get; set; } = peer.Attributes;

        public PeerState State { get; set; } = peer.State;

        public LeaveReason Reason { get; set; }
    }
}
