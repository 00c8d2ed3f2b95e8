namespace Signaling.Client;

/// <summary>Where a client's connection stands.</summary>
public enum ConnectionState
{
    /// <summary>There is nothing to connect for: no room was joined yet, or the connection ended after the last one was left.</summary>
    Idle,

    /// <summary>Connecting for the first room, again and again.</summary>
    Connecting,

    /// <summary>Connected and in a room.</summary>
    Connected,

    /// <summary>The connection was lost; a new one is on its way.</summary>
    Reconnecting,

    /// <summary>Disposed, or given up for the reason in <see cref="ConnectionStateChange.Error"/>. After giving up, joining a room tries again.</summary>
    Closed,
}
