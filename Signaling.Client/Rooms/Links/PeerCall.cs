using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>
/// The signals between this client's peer and one other until one of them leaves. Unlike <see cref="RemotePeer"/> it does not go on with the peer that this
/// client becomes by a rejoin: nothing of an old negotiation gets into a new one.
/// </summary>
internal sealed class PeerCall(Room room, string ownId, string peerId, PeerLink link, CandidateBatch candidates, IAsyncEnumerable<Signal> signals)
{
    public Room Room => room;

    public string OwnId => ownId;

    public string PeerId => peerId;

    /// <summary>What the other peer sends; ends with the call.</summary>
    public IAsyncEnumerable<Signal> Signals => signals;

    /// <summary>Whether there is no one to send to any more. The app hears of it by the room's events.</summary>
    public bool IsOver => link.IsClosed;

    public Task SendAsync(SessionDescription description, CancellationToken cancellationToken)
    {
        lock (room.Gate)
        {
            candidates.Flush();
            return link.SendAsync(new() { Description = description }, cancellationToken);
        }
    }

    public Task SendAsync(IceCandidate gathered, CancellationToken cancellationToken) =>
        room.OrCancelledAsync(Task.WhenAll(candidates.Add([gathered]).Select(signal => signal.Accepted)), cancellationToken);
}
