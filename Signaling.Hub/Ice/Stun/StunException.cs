namespace Signaling.Hub.Ice.Stun;

/// <summary>A server does not do what STUN or TURN asks of it; the message says what.</summary>
internal sealed class StunException(string message) : Exception(message);
