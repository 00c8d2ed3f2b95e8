namespace Signaling.Client;

/// <summary>Whether a client that was driven out of its nearest region goes back.</summary>
public enum RegionReturn
{
    /// <summary>
    /// While it is alone in all its rooms, and whenever it connects anew: there is no call that the move could interrupt. The default.
    /// </summary>
    WhenAlone,

    /// <summary>Also during calls. The client is a new peer in the other region (<see cref="Room.Rejoined"/>): its calls are made anew, and media stops for a moment.</summary>
    Always,

    /// <summary>Not before the region fails in which it is.</summary>
    Never,
}
