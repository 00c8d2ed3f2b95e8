using Signaling.Client.Connection;

namespace Signaling.Client.Rooms;

/// <summary>A room's way in over one connection, from the request to the welcome.</summary>
internal sealed class RoomEntry(HubSession session)
{
    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HubSession Session => session;

    /// <summary>Completes when the room lives on the connection, or never will.</summary>
    public Task Done => done.Task;

    public void End() => done.TrySetResult(true);
}
