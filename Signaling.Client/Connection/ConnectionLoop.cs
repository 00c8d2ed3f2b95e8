using Signaling.Client.Events;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>
/// Stays connected for as long as there is a room to be in: connects with the oldest room in the URL, joins the others by invocation, and begins again
/// when the connection ends. Every new connection <em>rejoins</em>.
/// </summary>
internal sealed class ConnectionLoop(Uri hub, SignalingClientOptions options, RoomRegistry rooms, StateTracker state, Action changed, BackgroundTasks background)
{
    // A connection that ends sooner counts as a failed try, so that a hub which throws everyone out is not stormed.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private readonly Heartbeat heartbeat = new(options, rooms);
    private readonly RoomJoiner joiner = new(options, rooms);
    private CancellationTokenSource interruption = new();
    private Task running = Task.CompletedTask;
    private HubSession? live;
    private bool isRunning;
    private bool hurry;
    private bool stopped;

    public TimeSpan? RoundTrip => heartbeat.RoundTrip;

    /// <summary>Makes sure that a room which was just registered is joined.</summary>
    public void Join(Room room)
    {
        lock (gate)
        {
            if (stopped) throw new ObjectDisposedException(nameof(SignalingClient));
            if (live is { } session) background.Run(() => joiner.JoinAsync(session, room));
            if (isRunning) return;
            isRunning = true;
            running = Background.Run(RunAsync);
        }
    }

    /// <summary>The connection that is up.</summary>
    public HubSession? Live
    {
        get
        {
            lock (gate) return live;
        }
    }

    /// <summary>There may be nothing left to connect for.</summary>
    public void RoomLeft()
    {
        if (rooms.First is null) Interrupt();
    }

    /// <summary>Probes the connection, or stops waiting and connects.</summary>
    public void NetworkChanged()
    {
        lock (gate) hurry = true;
        if (Live is { } session) background.Run(() => heartbeat.PingAsync(session, options.ProbeTimeout));
        else Interrupt();
    }

    /// <summary>Ends the connection and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        lock (gate) stopped = true;
        Interrupt();
        Live?.End(null);
        await running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        Exception? failure = null;
        for (var attempt = 0; Next(failure) is { } room;)
        {
            Change(rooms.All.Any(known => known.WasJoined) ? ConnectionState.Reconnecting : ConnectionState.Connecting);
            var began = options.TimeProvider.GetTimestamp();
            failure = await ConnectAsync(room).ConfigureAwait(false);
            if (GivesUp(failure, room)) continue;
            if (options.TimeProvider.GetElapsedTime(began) >= Held && failure is not ConnectFailedException) attempt = 0;
            await WaitAsync(attempt++, failure).ConfigureAwait(false);
        }
    }

    /// <summary>The room to connect with; <c>null</c> when there is none, and the loop is over.</summary>
    private Room? Next(Exception? failure)
    {
        lock (gate)
        {
            var room = stopped ? null : rooms.First;
            if (room is not null) return room;
            isRunning = false;
            var givenUp = HubErrors.Find(failure) is { Action: ErrorAction.GiveUp or ErrorAction.Unknown };
            Change(stopped || givenUp ? ConnectionState.Closed : ConnectionState.Idle, failure);
            return null;
        }
    }

    /// <summary>Connects, and returns when the connection has ended.</summary>
    /// <returns>Why it ended or did not come to be.</returns>
    private async Task<Exception?> ConnectAsync(Room room)
    {
        HubSession? session = null;
        try
        {
            using var timeout = options.TimeProvider.CancelAfter(options.ConnectTimeout);
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, BeginAttempt());
            try
            {
                var token = options.TokenProvider is { } provider ? await provider(attempt.Token).ConfigureAwait(false) : null;
                session = new(ConnectUrl.WithJoin(hub, room.Id, room.Options.Name), token, options, rooms);
                await joiner.ConnectAsync(session, room, attempt.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested)
            {
                return new ConnectFailedException($"Connecting took longer than {options.ConnectTimeout.TotalSeconds:0.#} s.");
            }
            catch (Exception exception)
            {
                return new ConnectFailedException(exception);
            }

            return await StayAsync(session, room).ConfigureAwait(false);
        }
        finally
        {
            if (session is not null) End(session);
        }
    }

    private async Task<Exception?> StayAsync(HubSession session, Room first)
    {
        lock (gate)
        {
            if (stopped) return null;
            live = session;
            hurry = false;
        }

        Change(ConnectionState.Connected);
        foreach (var other in rooms.All.Where(room => room != first)) background.Run(() => joiner.JoinAsync(session, other));
        background.Run(() => heartbeat.RunAsync(session));
        return await session.Ended.ConfigureAwait(false);
    }

    private void End(HubSession session)
    {
        lock (gate) live = null;
        session.End(null);
        rooms.Disconnected(session);

        // A socket whose network is gone takes its time to close; nobody has to wait for it but disposal.
        background.Run(() => session.DisposeAsync().AsTask());
    }

    /// <summary>Whether the failure is final for the room or for all; those are closed.</summary>
    private bool GivesUp(Exception? failure, Room room)
    {
        if (HubErrors.Find(failure) is not { } error || !RoomJoiner.IsFinal(error, room)) return false;
        foreach (var refused in RoomJoiner.ConcernsOneRoom(error.Code) ? [room] : rooms.All)
        {
            rooms.Remove(refused);
            refused.Close(new(error, failure));
        }

        return true;
    }

    private async Task WaitAsync(int attempt, Exception? failure)
    {
        CancellationToken interrupted;
        var delay = options.ReconnectPolicy.DelayBefore(attempt);
        if (HubErrors.Find(failure)?.RetryAfter is { } told && told > delay) delay = told;
        lock (gate)
        {
            if (stopped || rooms.First is null) return;
            if (hurry) delay = TimeSpan.Zero;
            hurry = false;
            interruption = new();
            interrupted = interruption.Token;
        }

        Change(rooms.All.Any(known => known.WasJoined) ? ConnectionState.Reconnecting : ConnectionState.Connecting, failure, delay);
        var wait = options.TimeProvider.WaitAsync(delay, interrupted);
        await Task.WhenAny(wait).ConfigureAwait(false);
    }

    private CancellationToken BeginAttempt()
    {
        lock (gate)
        {
            interruption = new();
            if (stopped || rooms.First is null) interruption.Cancel();
            return interruption.Token;
        }
    }

    private void Interrupt()
    {
        CancellationTokenSource current;
        lock (gate) current = interruption;
        current.Cancel();
    }

    private void Change(ConnectionState next, Exception? failure = null, TimeSpan? retryIn = null)
    {
        state.Change(next, failure, retryIn);
        changed();
    }
}
