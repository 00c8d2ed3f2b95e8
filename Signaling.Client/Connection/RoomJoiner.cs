using Microsoft.Extensions.Logging;
using Signaling.Client.Events;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>Joins and resumes rooms by invocation, over a connection that is up.</summary>
internal sealed class RoomJoiner(SignalingClientOptions options, RoomRegistry rooms, BackgroundTasks background)
{
    private readonly ILogger logger = options.LoggerFactory.CreateLogger<RoomJoiner>();

    /// <summary>Whether an error that a connect fails with is about the room in its URL, not about the connection.</summary>
    public static bool ConcernsOneRoom(ErrorCode code) => code
        is ErrorCode.NotAllowed or ErrorCode.InvalidRoom or ErrorCode.InvalidName or ErrorCode.InvalidAttributes or ErrorCode.RoomFull
        or ErrorCode.AlreadyJoined or ErrorCode.TooManyRooms or ErrorCode.Replaced;

    /// <summary>Whether trying to join is of no use any more. A full room is a final answer to who was not in it yet.</summary>
    public static bool IsFinal(SignalingError error, Room room) =>
        error.Action is ErrorAction.GiveUp or ErrorAction.Unknown || (error.Code is ErrorCode.RoomFull && !room.WasJoined);

    /// <summary>Done when the hub has answered for the first time; where it refused for now, tries go on behind.</summary>
    public async Task JoinAsync(HubSession session, Room room)
    {
        if (room.Enter(session) is not { } entry) return;
        if (await TryAsync(entry, room).ConfigureAwait(false) is { } refusal) background.Run(() => RepeatAsync(entry, room, refusal));
    }

    private async Task RepeatAsync(RoomEntry entry, Room room, SignalingException? refusal)
    {
        var session = entry.Session;
        for (var attempt = 0; refusal is not null; attempt++)
        {
            logger.JoinFailed(refusal, room.Id);
            var delay = options.TimeProvider.WaitAsync(refusal.RetryAfter ?? options.ReconnectPolicy.DelayBefore(attempt), session.Over);
            await Task.WhenAny(delay, entry.Done, session.GoingAway).ConfigureAwait(false);

            // The next connection joins it.
            if (session.IsRetiring) entry.End();
            if (session.Ended.IsCompleted || entry.Done.IsCompleted) return;
            refusal = await TryAsync(entry, room).ConfigureAwait(false);
        }
    }

    /// <returns>Why the hub does not let the room in now.</returns>
    private async Task<SignalingException?> TryAsync(RoomEntry entry, Room room)
    {
        try
        {
            await entry.Session.InvokeAsync(nameof(ISignalingHub.Join), room.JoinRequest(entry.Session.Region)).ConfigureAwait(false);
            await Task.WhenAny(entry.Done, entry.Session.Ended).ConfigureAwait(false);
            return null;
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.ResumeExpired && room.ForgetGrant())
        {
            return await TryAsync(entry, room).ConfigureAwait(false);
        }
        catch (SignalingException exception) when (IsFinal(exception.Error, room))
        {
            if (rooms.Remove(room)) room.Close(exception);
            return null;
        }
        catch (SignalingException exception)
        {
            return exception;
        }
        catch (ConnectionLostException)
        {
            return null;
        }
    }
}
