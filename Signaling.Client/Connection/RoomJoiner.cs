using Microsoft.Extensions.Logging;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>Joins rooms over a connection: one with the connect, others by invocation.</summary>
internal sealed class RoomJoiner(SignalingClientOptions options, RoomRegistry rooms)
{
    private readonly ILogger logger = options.LoggerFactory.CreateLogger<RoomJoiner>();

    /// <summary>Whether an error that a connect fails with is about the room in its URL, not about the connection.</summary>
    public static bool ConcernsOneRoom(ErrorCode code) => code
        is ErrorCode.NotAllowed or ErrorCode.InvalidRoom or ErrorCode.InvalidName or ErrorCode.InvalidAttributes or ErrorCode.RoomFull
        or ErrorCode.AlreadyJoined or ErrorCode.TooManyRooms;

    /// <summary>Whether trying to join is of no use any more. A full room is a final answer to who was not in it yet.</summary>
    public static bool IsFinal(SignalingError error, Room room) =>
        error.Action is ErrorAction.GiveUp or ErrorAction.Unknown || (error.Code is ErrorCode.RoomFull && !room.WasJoined);

    /// <summary>Starts a connection whose URL names the room; done when the welcome is here.</summary>
    public async Task ConnectAsync(HubSession session, Room room, CancellationToken cancellationToken)
    {
        await session.StartAsync(cancellationToken).ConfigureAwait(false);
        if (room.MissingAttributes() is { } attributes) _ = session.PostAsync(nameof(ISignalingHub.SetAttributes), attributes);
        await Task.WhenAny(room.Joined, session.Ended).WaitAsync(Timeout.InfiniteTimeSpan, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        if (session.Ended.IsCompleted)
        {
            throw await session.Ended.ConfigureAwait(false) ?? new ConnectionLostException(null);
        }
    }

    /// <summary>Joins a room over a connection that is up, again and again while it is.</summary>
    public async Task JoinAsync(HubSession session, Room room)
    {
        for (var attempt = 0; !session.Ended.IsCompleted && rooms.All.Contains(room); attempt++)
        {
            try
            {
                await session.InvokeAsync(nameof(ISignalingHub.Join), room.JoinRequest()).ConfigureAwait(false);
                return;
            }
            catch (SignalingException exception) when (IsFinal(exception.Error, room))
            {
                if (rooms.Remove(room)) room.Close(exception);
                return;
            }
            catch (SignalingException exception)
            {
                logger.JoinFailed(exception, room.Id);
                var delay = exception.RetryAfter ?? options.ReconnectPolicy.DelayBefore(attempt);
                await Task.WhenAny(options.TimeProvider.WaitAsync(delay, CancellationToken.None), session.Ended).ConfigureAwait(false);
            }
            catch (ConnectionLostException)
            {
                return;
            }
        }
    }
}
