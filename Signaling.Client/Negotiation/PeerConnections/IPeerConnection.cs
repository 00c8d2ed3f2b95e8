using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>
/// What a <see cref="PerfectNegotiator"/> needs of a WebRTC engine: the part of <c>RTCPeerConnection</c> (W3C WebRTC §4.4) that negotiates. Implement it over
/// the engine of your app; tracks and data channels stay with the engine's own API.
/// </summary>
/// <remarks>
/// <para>
/// Events may be raised on any thread, during an operation as well. Their handlers return quickly and do not throw; an implementation may await them or
/// not. The negotiator runs one operation that sets or adds something at a time and awaits it; <see cref="RestartIceAsync"/> may come at any time. Methods run
/// on thread-pool threads: an engine that is bound to a thread has to be called there. What they throw is told by <see cref="PerfectNegotiatorOptions.OnError"/>.
/// </para>
/// <para>
/// Not every engine has the implicit forms of W3C WebRTC. Where it lacks them, the implementation makes them from what there is:
/// <list type="bullet">
/// <item><description>Implicit description: <see cref="SetLocalDescriptionAsync"/> creates an answer in <see cref="PeerSignalingState.HaveRemoteOffer"/> and an offer
/// otherwise, and sets it.</description></item>
/// <item><description>Implicit rollback: <see cref="SetRemoteDescriptionAsync"/> with an offer in <see cref="PeerSignalingState.HaveLocalOffer"/> first sets a local
/// description of type rollback. That is how the polite side gives way. An engine that cannot roll back at all can only be used where one side alone ever
/// offers.</description></item>
/// <item><description>Negotiation needed: what was in an offer that was rolled back is still wanted, so <see cref="NegotiationNeeded"/> is raised
/// again.</description></item>
/// </list>
/// </para>
/// </remarks>
public interface IPeerConnection
{
    /// <summary>
    /// A track, a data channel or an ICE restart asks for an offer. The negotiator remembers it until an offer can be made; raised without need it costs one
    /// negotiation.
    /// </summary>
    event Func<Task>? NegotiationNeeded;

    /// <summary>
    /// A local ICE candidate is there; raised in gathering order. With <see cref="IceCandidate.UsernameFragment"/>, or with <c>ufrag</c> in the candidate line,
    /// the other side can tell it from those of a past negotiation.
    /// </summary>
    event Func<IceCandidate, Task>? CandidateGathered;

    /// <summary><see cref="ConnectionState"/> has changed.</summary>
    event Func<Task>? ConnectionStateChanged;

    /// <summary>Where the negotiation stands; up to date when an operation has completed.</summary>
    PeerSignalingState SignalingState { get; }

    /// <summary>Where the transports stand.</summary>
    PeerConnectionState ConnectionState { get; }

    /// <summary>The pending local description, else the current one; <c>null</c> before the first.</summary>
    SessionDescription? LocalDescription { get; }

    /// <summary>The pending remote description, else the current one; <c>null</c> before the first, and after the first was rolled back.</summary>
    SessionDescription? RemoteDescription { get; }

    /// <summary>Makes the description that the state asks for, an offer or an answer, and sets it (W3C WebRTC §4.4.2, <c>setLocalDescription()</c>).</summary>
    Task SetLocalDescriptionAsync();

    /// <summary>Applies a description of the other side. An offer takes the place of an own one that is pending, which is rolled back.</summary>
    /// <param name="description">An offer, an answer to a pending offer, or the rollback of a remote offer.</param>
    Task SetRemoteDescriptionAsync(SessionDescription description);

    /// <summary>Adds a candidate of the other side.</summary>
    /// <param name="candidate">Belongs to <see cref="RemoteDescription"/>. Empty for end-of-candidates; an engine that does not know those ignores it.</param>
    Task AddIceCandidateAsync(IceCandidate candidate);

    /// <summary>Makes the next offer renew the ICE credentials and candidates, and raises <see cref="NegotiationNeeded"/>.</summary>
    Task RestartIceAsync();
}
