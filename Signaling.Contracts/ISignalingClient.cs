namespace Signaling.Contracts;

/// <summary>What the hub tells a client. Method names are the names on the wire.</summary>
public interface ISignalingClient
{
    /// <summary>The connection is now a peer of a room. Always the first message about that room.</summary>
    Task Welcome(Welcome welcome);

    /// <summary>Another peer has joined and can be reached.</summary>
    Task PeerJoined(PeerJoined joined);

    /// <summary>Another peer has left. Its id never comes back.</summary>
    Task PeerLeft(PeerLeft left);

    /// <summary>A peer's attributes have changed; the receiver's own included.</summary>
    Task PeerUpdated(PeerUpdated updated);

    /// <summary>A peer cannot be reached for now, or can be again.</summary>
    Task PeerStateChanged(PeerStateChanged changed);

    /// <summary>A signal from another peer of the room.</summary>
    Task Signal(Signal signal);

    /// <summary>The connection is no longer the peer of a room.</summary>
    Task Removed(Removed removed);

    /// <summary>The node is about to stop.</summary>
    Task GoingAway(GoingAway goingAway);
}
