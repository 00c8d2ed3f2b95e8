namespace Signaling.Client.Connection;

/// <summary>The connection ended before an invocation was answered; whether the hub has acted on it is not known.</summary>
internal sealed class ConnectionLostException(Exception? innerException)
    : Exception("The connection was lost.", innerException);
