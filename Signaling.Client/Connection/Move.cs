using Microsoft.Extensions.Logging;
using Signaling.Client.Rooms;

namespace Signaling.Client.Connection;

/// <summary>Takes all rooms from a node that is about to stop to another, before the old connection ends; the app notices nothing.</summary>
/// <param name="options">Clock, policy and log.</param>
/// <param name="rooms">What moves.</param>
/// <param name="connector">Opens the next connection.</param>
/// <param name="joiner">Resumes the other rooms over it.</param>
/// <param name="up">Makes a connection the one that is used from now on; <c>false</c> when the client has stopped.</param>
internal sealed class Move(SignalingClientOptions options, RoomRegistry rooms, Connector connector, RoomJoiner joiner, Func<HubSession, bool> up)
{
    private readonly ILogger logger = options.LoggerFactory.CreateLogger<Move>();

    /// <summary>Tries until the old connection ends.</summary>
    /// <returns>The connection on which all rooms live now; <c>null</c> when there is none.</returns>
    public async Task<HubSession?> RunAsync(HubSession old)
    {
        var notice = await old.GoingAway.ConfigureAwait(false);
        logger.Moving(notice.DeadlineMs);
        await WaitAsync(TimeSpan.FromMilliseconds(Jitter.Next() * notice.SpreadMs), old).ConfigureAwait(false);
        for (var attempt = 0; !old.Ended.IsCompleted && rooms.First is { } first; attempt++)
        {
            var delay = options.ReconnectPolicy.DelayBefore(attempt);
            try
            {
                await first.EnteredAsync(old).ConfigureAwait(false);
                var next = await connector.ConnectAsync(first, old.Over).ConfigureAwait(false);
                if (await BringAllAsync(old, next).ConfigureAwait(false)) return next;
            }
            catch (ConnectFailedException exception)
            {
                logger.MoveFailed(exception);
                if (HubErrors.Find(exception)?.RetryAfter is { } told && told > delay) delay = told;
            }

            await WaitAsync(delay, old).ConfigureAwait(false);
        }

        return null;
    }

    private async Task<bool> BringAllAsync(HubSession old, HubSession next)
    {
        if (up(next))
        {
            await Task.WhenAll(rooms.All.Select(room => BringAsync(room, old, next))).ConfigureAwait(false);
            if (!next.Ended.IsCompleted) return true;
        }

        connector.Close(next);
        return false;
    }

    private async Task BringAsync(Room room, HubSession old, HubSession next)
    {
        // A join whose answer is on its way must not become a second peer.
        await room.EnteredAsync(old).ConfigureAwait(false);
        await joiner.JoinAsync(next, room).ConfigureAwait(false);
        await room.EnteredAsync(next).ConfigureAwait(false);
    }

    private async Task WaitAsync(TimeSpan delay, HubSession old) =>
        await Task.WhenAny(options.TimeProvider.WaitAsync(delay, old.Over)).ConfigureAwait(false);
}
