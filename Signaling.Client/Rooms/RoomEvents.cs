using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>A peer has left.</summary>
/// <param name="Peer">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record PeerDeparture(RemotePeer Peer, LeaveReason Reason);

/// <summary>
/// This client is in the room as a new peer, because it came back too late to be the old one, or because it has changed the region: calls have to be made anew.
/// </summary>
/// <param name="OldPeerId">Its id before; the others have seen that peer leave.</param>
/// <param name="NewPeerId">Its id now.</param>
/// <param name="Region">The region that it is in now.</param>
public sealed record RoomRejoined(string OldPeerId, string NewPeerId, string Region);

/// <summary>After a lost connection this client is again the peer that it was: calls and messages go on.</summary>
/// <param name="PeerId">Its id, the same as before.</param>
public sealed record RoomResumed(string PeerId);

/// <summary>This client is no longer in the room and does not try to be.</summary>
/// <param name="Reason">Why the hub does not let it in again; <c>null</c> when the app left.</param>
public sealed record RoomClosed(SignalingException? Reason);

/// <summary>App data from another peer.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Data">What it sent. Stays valid for as long as it is referenced.</param>
/// <param name="TraceParent">W3C Trace Context of the send, if the sender traced it.</param>
public sealed record RoomMessage(RemotePeer From, JsonElement Data, string? TraceParent);
