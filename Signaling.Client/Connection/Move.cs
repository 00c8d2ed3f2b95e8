using Microsoft.Extensions.Logging;
using Signaling.Client.Regions;
using Signaling.Client.Rooms;

namespace Signaling.Client.Connection;

/// <summary>Takes all rooms to another connection before the old one ends: from a node that is about to stop, or to a better region.</summary>
/// <param name="options">Clock, policy and log.</param>
/// <param name="rooms">What moves.</param>
/// <param name="regions">Says where to.</param>
/// <param name="connector">Opens the next connection.</param>
/// <param name="joiner">Resumes the other rooms over it.</param>
/// <param name="up">Makes a connection the one that is used from now on; <c>false</c> when the client has stopped.</param>
internal sealed class Move(SignalingClientOptions options, RoomRegistry rooms, RegionGuide regions, Connector connector, RoomJoiner joiner, Func<HubSession, bool> up)
{
    private readonly ILogger logger = options.LoggerFactory.CreateLogger<Move>();

    /// <summary>Leaves a node that is about to stop; where the region takes the peers, the app notices nothing. Tries until the old connection ends.</summary>
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
                var next = await connector.ConnectAsync(regions.Target, first, old.Over).ConfigureAwait(false);
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

    /// <summary>Tries once to go to another region, where all rooms are joined anew; the connection that there is stays until then.</summary>
    /// <returns>The connection on which all rooms live now; <c>null</c> when they stay where they are.</returns>
    public async Task<HubSession?> ReturnAsync(HubSession old, Region region)
    {
        logger.Returning(region.Name);
        Exception? failure = null;
        try
        {
            if (rooms.First is { } first)
            {
                await first.EnteredAsync(old).ConfigureAwait(false);
                var next = await connector.ConnectAsync(region, first, old.Over).ConfigureAwait(false);
                if (await BringAllAsync(old, next).ConfigureAwait(false)) return next;
            }
        }
        catch (ConnectFailedException exception)
        {
            failure = exception;
        }

        logger.ReturnFailed(failure, region.Name);

        // A room that had gone ahead comes back.
        foreach (var room in rooms.All.Where(room => room.Session is null)) await joiner.JoinAsync(old, room).ConfigureAwait(false);
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
