using Signaling.Client.Events;

namespace Signaling.Client;

/// <summary>Telling the app's handlers.</summary>
public sealed partial class Room
{
    private readonly EventPump pump;
    private Func<RemotePeer, Task>? peerJoined;
    private Func<PeerDeparture, Task>? peerLeft;
    private Func<RemotePeer, Task>? peerUpdated;
    private Func<RemotePeer, Task>? peerStateChanged;
    private Func<RoomResumed, Task>? resumed;
    private Func<RoomRejoined, Task>? rejoined;
    private Func<RoomClosed, Task>? closed;
    private bool closedAnnounced;

    private void Add<T>(ref Func<T, Task>? handlers, Func<T, Task>? handler)
    {
        lock (Gate) handlers += handler;
        pump.Wake();
    }

    private void Remove<T>(ref Func<T, Task>? handlers, Func<T, Task>? handler)
    {
        lock (Gate) handlers -= handler;
    }

    private Func<Task>? NextEvent()
    {
        lock (Gate)
        {
            if (welcome is null) return null;
            if (peerLeft is null) announcements.Trim(peers);
            else if (announcements.NextDeparture(peers, peerJoined is not null) is { } departure) return Handlers.Call(peerLeft, departure, Logger);
            if (peerJoined is not null && announcements.NextArrival(Present) is { } arrived) return Handlers.Call(peerJoined, arrived, Logger);
            if (peerUpdated is not null && announcements.NextUpdate(Present) is { } updated) return Handlers.Call(peerUpdated, updated, Logger);
            if (peerStateChanged is not null && announcements.NextState(Present) is { } changed) return Handlers.Call(peerStateChanged, changed, Logger);
            if (resumed is not null && announcements.Resumed)
            {
                announcements.Resumed = false;
                return Handlers.Call(resumed, new RoomResumed(welcome.PeerId), Logger);
            }

            if (rejoined is not null && announcements.OldPeerId is { } old)
            {
                announcements.OldPeerId = null;
                return Handlers.Call(rejoined, new RoomRejoined(old, welcome.PeerId, welcome.Region), Logger);
            }

            if (closed is null || ending is null || closedAnnounced) return null;
            closedAnnounced = true;
            return Handlers.Call(closed, ending, Logger);
        }
    }
}
