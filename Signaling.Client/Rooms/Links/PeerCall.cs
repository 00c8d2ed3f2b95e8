using Signaling.Client.Rooms.Ice;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>
/// The signals between this client's peer and one other until one of them leaves. Unlike <see cref="RemotePeer"/> it does not go on with the peer that this
/// client becomes by a rejoin: nothing of an old negotiation gets into a new one.
/// </summary>
internal sealed class PeerCall(
    Room room, string ownId, string peerId, long knownAt, PeerLink link, CandidateBatch candidates, IAsyncEnumerable<Signal> signals)
{
    public Room Room => room;

    public string OwnId => ownId;

    public string PeerId => peerId;

    /// <summary>When this client knew of the other peer, on its clock.</summary>
    public long KnownAt => knownAt;

    /// <summary>What the other peer sends; ends with the call.</summary>
    public IAsyncEnumerable<Signal> Signals => signals;

    /// <summary>Whether there is no one to send to any more. The app hears of it by the room's events.</summary>
    public bool IsOver => link.IsClosed;

    /// <param name="description">What to send.</param>
    /// <param name="offer">The trace parent of the last offer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SendAsync(SessionDescription description, string? offer, CancellationToken cancellationToken)
    {
        lock (room.Gate)
        {
            candidates.Flush();
            return link.SendAsync(OutgoingSignal.Of(room.IsRelayOnly ? RelayOnly.Filter(description) : description, offer), cancellationToken);
        }
    }

    public Task SendAsync(IceCandidate gathered, CancellationToken cancellationToken)
    {
        IReadOnlyList<IceCandidate> tellable = room.IsRelayOnly ? RelayOnly.Filter([gathered]) : [gathered];
        return room.OrCancelledAsync(Task.WhenAll(candidates.Add(tellable).Select(signal => signal.Accepted)), cancellationToken);
    }
}
