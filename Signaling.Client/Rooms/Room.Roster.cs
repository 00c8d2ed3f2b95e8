using Signaling.Client.Connection;
using Signaling.Client.Rooms.Links;
using Signaling.Client.Rooms.Rosters;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>Who is in the room: snapshots and deltas.</summary>
public sealed partial class Room
{
    private readonly RosterView roster = new();
    private readonly Dictionary<string, RemotePeer> peers = [];
    private readonly HashSet<string> formerIds = [];
    private bool rereading;

    private IEnumerable<RemotePeer> Present => roster.Peers.Select(peer => peer.Id).Where(peers.ContainsKey).Select(id => peers[id]);

    internal void OnPeerJoined(HubSession session, PeerJoined news) => Apply(session, () => roster.Apply(news));

    internal void OnPeerUpdated(HubSession session, PeerUpdated news) => Apply(session, () => roster.Apply(news));

    internal void OnPeerStateChanged(HubSession session, PeerStateChanged news) => Apply(session, () => roster.Apply(news));

    internal void OnPeerLeft(HubSession session, PeerLeft news) => Apply(session, () =>
    {
        announcements.Left(news.PeerId, news.Reason);
        return roster.Apply(news);
    });

    /// <summary>A pong tells the version that the hub has.</summary>
    internal void OnVersion(HubSession session, long version) => Apply(session, () => version <= roster.Version);

    private void Apply(HubSession session, Func<bool> change)
    {
        lock (Gate)
        {
            if (Session != session || ending is not null) return;
            if (change()) SyncPeers();
            else RereadRoster(session);
        }

        pump.Wake();
    }

    /// <param name="reconnected">Whether this client's peer goes on over another connection.</param>
    private void SyncPeers(bool reconnected = false)
    {
        // A peer that this client was stays in a roster for a while, in another region too: that is no one else.
        var others = roster.Peers.Where(info => info.Id != welcome!.PeerId && !formerIds.Contains(info.Id)).ToArray();
        foreach (var info in others)
        {
            if (!peers.TryGetValue(info.Id, out var known)) peers.Add(info.Id, known = new(this, info, NewLink(info)));
            else if (known.Update(info) || reconnected) known.Link.Reconnected();
            announcements.See(known);
        }

        foreach (var gone in peers.Keys.Except(others.Select(info => info.Id)).ToArray())
        {
            peers[gone].Close(HubErrors.New(ErrorCode.PeerNotInRoom, "The peer has left."));
            peers.Remove(gone);
        }
    }

    private void RereadRoster(HubSession session)
    {
        if (rereading) return;
        rereading = true;
        Logger.RosterGap(Id);
        background.Run(async () =>
        {
            try
            {
                var fresh = await InvokeAsync<Roster>(nameof(ISignalingHub.GetRoster), CancellationToken.None).ConfigureAwait(false);
                lock (Gate)
                {
                    if (Session != session || fresh.Version < roster.Version) return;
                    roster.Replace(fresh);
                    SyncPeers();
                }
            }
            catch (SignalingException)
            {
                // The room is closed, or the next ping finds the gap again.
            }
            finally
            {
                lock (Gate) rereading = false;
                pump.Wake();
            }
        });
    }

    private PeerLink NewLink(PeerInfo info) => info.Acks ? new ReliableLink(this, info.Id) : new PlainLink(this, info.Id);
}
