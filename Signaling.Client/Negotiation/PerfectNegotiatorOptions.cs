namespace Signaling.Client;

/// <summary>Options of a <see cref="PerfectNegotiator"/>. Read when it is created.</summary>
public sealed class PerfectNegotiatorOptions
{
    /// <summary>
    /// Told of a description or candidate that could not be made, applied or sent. The connection may still recover. Awaited before the negotiation goes on, on
    /// the thread pool; what it throws is logged. Every error is logged besides. Never told that the peer has left.
    /// </summary>
    public Func<Exception, Task>? OnError { get; set; }

    /// <summary>
    /// Whether an <see cref="IConfigurablePeerConnection"/> is given the room's ICE servers and policy. <c>true</c> by default; else the app sees to both.
    /// </summary>
    public bool ConfigureIce { get; set; } = true;
}
