using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>Repeats what may safely be repeated, over lost connections and a hub that asks to wait.</summary>
internal static class Repeat
{
    private static readonly TimeSpan WaitUnlessTold = TimeSpan.FromMilliseconds(500);

    /// <exception cref="SignalingException">The hub refused for good, or for the last time, or the room is closed.</exception>
    public static async Task<T> UntilAnsweredAsync<T>(
        Room room, TimeProvider time, Func<HubSession, Task<T>> request, CancellationToken cancellationToken, int mostTries = int.MaxValue)
    {
        for (var tries = 1; ; tries++)
        {
            var session = await room.Joined.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
            try
            {
                return await request(session).ConfigureAwait(false);
            }
            catch (SignalingException exception) when (exception.Action is ErrorAction.Retry or ErrorAction.RetryLater && tries < mostTries)
            {
                await time.WaitAsync(exception.RetryAfter ?? WaitUnlessTold, cancellationToken).ConfigureAwait(false);
            }
            catch (SignalingException exception) when (exception.Code is ErrorCode.NotInRoom && tries < mostTries)
            {
                room.OnForgotten(session);
            }
            catch (ConnectionLostException)
            {
                await session.Ended.WaitAsync(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
