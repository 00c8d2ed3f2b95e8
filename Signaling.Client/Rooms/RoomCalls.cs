namespace Signaling.Client.Rooms;

/// <summary>What the negotiators of a room's calls hear of it. Handlers return quickly and do not throw.</summary>
internal sealed class RoomCalls
{
    /// <summary>The ICE servers are other ones now.</summary>
    public event Action? ServersChanged;

    /// <summary>The device is on another network, or may be.</summary>
    public event Action? NetworkChanged;

    /// <summary>The connection to the hub was lost and is back.</summary>
    public event Action? Resumed;

    /// <summary>A peer's connection to the hub was lost and is back.</summary>
    public event Action<string>? PeerReturned;

    /// <summary>This client is about to leave the room.</summary>
    public event Action? Leaving;

    public void TellServersChanged() => ServersChanged?.Invoke();

    public void TellNetworkChanged() => NetworkChanged?.Invoke();

    public void TellResumed() => Resumed?.Invoke();

    public void TellPeerReturned(string peerId) => PeerReturned?.Invoke(peerId);

    public void TellLeaving() => Leaving?.Invoke();
}
