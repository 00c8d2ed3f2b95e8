using Signaling.Contracts;

namespace Signaling.Client.Rooms.Rosters;

/// <summary>The roster as this client knows it: a snapshot, kept up to date by deltas (PROTOCOL.md, "Rosters").</summary>
internal sealed class RosterView
{
    private readonly List<PeerInfo> peers = [];

    public long Version { get; private set; } = -1;

    public IReadOnlyList<PeerInfo> Peers => peers;

    public void Replace(Roster roster)
    {
        Version = roster.Version;
        peers.Clear();
        peers.AddRange(roster.Peers);
    }

    /// <returns><c>false</c> when a delta was lost and the roster has to be read again.</returns>
    public bool Apply(PeerJoined joined) => Apply(joined.Version, () =>
    {
        Remove(joined.Peer.Id);
        peers.Add(joined.Peer);
    });

    /// <inheritdoc cref="Apply(PeerJoined)"/>
    public bool Apply(PeerLeft left) => Apply(left.Version, () => Remove(left.PeerId));

    /// <inheritdoc cref="Apply(PeerJoined)"/>
    public bool Apply(PeerUpdated updated) => Apply(updated.Version, () => Change(updated.PeerId, peer => peer with { Attributes = updated.Attributes }));

    /// <inheritdoc cref="Apply(PeerJoined)"/>
    public bool Apply(PeerStateChanged changed) => Apply(changed.Version, () => Change(changed.PeerId, peer => peer with { State = changed.State }));

    private bool Apply(long version, Action change)
    {
        if (version <= Version) return true;
        if (version > Version + 1) return false;
        Version = version;
        change();
        return true;
    }

    private void Change(string id, Func<PeerInfo, PeerInfo> change)
    {
        var index = peers.FindIndex(peer => peer.Id == id);
        if (index >= 0) peers[index] = change(peers[index]);
    }

    private void Remove(string id) => peers.RemoveAll(peer => peer.Id == id);
}
