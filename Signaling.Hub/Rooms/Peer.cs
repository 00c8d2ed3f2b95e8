using Signaling.Contracts;
using Signaling.Hub.Sessions;

namespace Signaling.Hub.Rooms;

/// <summary>A peer whose socket this node holds.</summary>
internal sealed class Peer(Room room, PeerInfo info, Outbox outbox)
{
    public string Id { get; } = info.Id;

    public Room Room => room;

    /// <summary>What the others see; replaced, under the room's lock, when attributes change.</summary>
    public PeerInfo Info { get; set; } = info;

    public Outbox Outbox => outbox;
}
