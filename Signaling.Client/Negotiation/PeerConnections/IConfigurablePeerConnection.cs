using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>
/// An <see cref="IPeerConnection"/> whose ICE servers can be changed while it lives (<c>setConfiguration</c>, W3C WebRTC §4.4.1.6): its
/// <see cref="PerfectNegotiator"/> then gives it the room's, at once and again when they are fetched anew before their credentials expire.
/// </summary>
/// <remarks>Over an engine without this, create the connection with <see cref="Room.Ice"/> and <see cref="Room.IceTransportPolicy"/>.</remarks>
public interface IConfigurablePeerConnection : IPeerConnection
{
    /// <summary>
    /// Sets servers and policy for what is gathered from now on: the first offer, or the next ICE restart. Raises no <see cref="IPeerConnection.NegotiationNeeded"/> while
    /// there is nothing to negotiate, though the engine may. Does nothing when it has them already.
    /// </summary>
    /// <param name="servers">Take the place of those before. Empty where the room has none: then keep what there is.</param>
    /// <param name="policy">Which candidates to gather.</param>
    Task ConfigureIceAsync(IReadOnlyList<IceServer> servers, IceTransportPolicy policy);
}
