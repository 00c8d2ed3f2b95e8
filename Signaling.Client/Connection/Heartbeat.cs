using Signaling.Client.Channel;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>Pings: measures the round trip, finds lost roster changes, and gives up a connection that does not answer.</summary>
internal sealed class Heartbeat(SignalingClientOptions options, RoomRegistry rooms, ChannelCounts repairs)
{
    private readonly object gate = new();
    private TimeSpan? roundTrip;

    /// <summary>The last one measured.</summary>
    public TimeSpan? RoundTrip
    {
        get
        {
            lock (gate) return roundTrip;
        }
    }

    /// <summary>Pings until the session is over.</summary>
    public async Task RunAsync(HubSession session)
    {
        while (await PingAsync(session, options.PingTimeout).ConfigureAwait(false))
        {
            using var over = new CancellationTokenSource();
            var delay = options.TimeProvider.WaitAsync(options.PingInterval, over.Token);
            await Task.WhenAny(delay, session.Ended).ConfigureAwait(false);
            over.Cancel();
        }
    }

    /// <returns>Whether the session is alive; one that is not is ended.</returns>
    public async Task<bool> PingAsync(HubSession session, TimeSpan timeout)
    {
        if (session.Ended.IsCompleted) return false;
        var time = options.TimeProvider;
        using var expired = time.CancelAfter(timeout);
        var (began, counts) = (time.GetTimestamp(), repairs.Take());
        try
        {
            var pong = await session.InvokeAsync<Pong>(
                nameof(ISignalingHub.Ping), Ping(counts), expired.Token).ConfigureAwait(false);
            lock (gate) roundTrip = time.GetElapsedTime(began);
            rooms.Pong(session, pong);
            return true;
        }
        catch (SignalingException)
        {
            // An answer all the same.
            repairs.GiveBack(counts);
            return true;
        }
        catch (ConnectionLostException)
        {
            repairs.GiveBack(counts);
            return false;
        }
        catch (OperationCanceledException)
        {
            repairs.GiveBack(counts);
            session.End(new TimeoutException($"The hub did not answer a ping within {timeout.TotalSeconds:0.#} s."));
            return false;
        }
    }

    private Ping Ping((int Retransmitted, int Duplicates) counts) => new()
    {
        RoundTripMs = RoundTrip?.TotalMilliseconds,
        Retransmitted = ToTell(counts.Retransmitted),
        Duplicates = ToTell(counts.Duplicates),
    };

    private static int? ToTell(int count) => count > 0 ? Math.Min(count, SignalingLimits.MaxCountPerPing) : null;
}
