namespace Signaling.Contracts;

/// <summary>What a client may ask of the hub. Method names are the names on the wire.</summary>
/// <remarks>
/// Every method fails with an error in the format of <see cref="SignalingError"/>; PROTOCOL.md lists which
/// <see cref="ErrorCode"/> each can return and what to do about it.
/// </remarks>
public interface ISignalingHub
{
    /// <summary>
    /// Joins a room as a new peer, or resumes one. The <see cref="ISignalingClient.Welcome"/> with the roster is pushed before this completes.
    /// </summary>
    Task Join(JoinRequest request);

    /// <summary>Leaves a room. The others see <see cref="LeaveReason.Left"/>.</summary>
    Task Leave(RoomRequest request);

    /// <summary>
    /// Sends a signal to one peer of the room, or app data to all of them. Completes once the hub has handed it on;
    /// that the receiver has it is what <see cref="Signal.Ack"/> tells.
    /// </summary>
    Task Send(Signal signal);

    /// <summary>Changes the caller's own attributes in a room. Everyone in it, the caller too, gets <see cref="ISignalingClient.PeerUpdated"/>.</summary>
    Task SetAttributes(AttributesUpdate update);

    /// <summary>Reads the roster again, after a gap in its versions.</summary>
    Task<Roster> GetRoster(RoomRequest request);

    /// <summary>Fetches fresh STUN and TURN servers.</summary>
    Task<IceServerList> GetIceServers(RoomRequest request);

    /// <summary>Tells how a peer connection came about.</summary>
    Task ReportConnection(ConnectionReport report);

    /// <summary>Measures the round trip and tells the roster version of every room the connection is in.</summary>
    Task<Pong> Ping(Ping ping);
}
