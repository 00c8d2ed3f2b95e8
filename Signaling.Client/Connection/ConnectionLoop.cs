using Signaling.Client.Channel;
using Signaling.Client.Connection.State;
using Signaling.Client.Events;
using Signaling.Client.Regions;
using Signaling.Client.Rooms;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>
/// Stays connected for as long as there is a room to be in: connects with the oldest room in the URL, joins the others by invocation, moves them when the
/// node is about to stop or a better region is well again, and begins again when the connection ends, in the next region where that is of no use.
/// </summary>
internal sealed class ConnectionLoop
{
    // A connection that ends sooner counts as a failed try, so that a hub which throws everyone out is not stormed.
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    private readonly object gate = new();
    private readonly SignalingClientOptions options;
    private readonly RoomRegistry rooms;
    private readonly StateTracker state;
    private readonly RegionGuide regions;
    private readonly RegionTracker region;
    private readonly Outage outage;
    private readonly Action changed;
    private readonly BackgroundTasks background;
    private readonly Heartbeat heartbeat;
    private readonly Connector connector;
    private readonly RoomJoiner joiner;
    private readonly Move move;
    private readonly List<HubSession> up = [];
    private CancellationTokenSource interruption = new();
    private Task running = Task.CompletedTask;
    private bool isRunning;
    private bool hurry;
    private bool stopped;

    public ConnectionLoop(
        RegionGuide regions, SignalingClientOptions options, RoomRegistry rooms, StateTracker state, RegionTracker region, ChannelCounts repairs, Action changed, BackgroundTasks background)
    {
        this.regions = regions;
        this.options = options;
        this.rooms = rooms;
        this.state = state;
        this.region = region;
        this.changed = changed;
        this.background = background;
        heartbeat = new(options, rooms, repairs);
        connector = new(options, rooms, background, Enter);
        joiner = new(options, rooms, background);
        move = new(options, rooms, regions, connector, joiner, Up);
        outage = new(regions, background, Hurry);
    }

    public TimeSpan? RoundTrip => heartbeat.RoundTrip;

    /// <summary>Makes sure that a room which was just registered is joined.</summary>
    public void Join(Room room)
    {
        lock (gate)
        {
            if (stopped) throw new ObjectDisposedException(nameof(SignalingClient));
            if (Live is { } session) background.Run(() => joiner.JoinAsync(session, room));
            if (isRunning) return;
            isRunning = true;
            running = Background.Run(RunAsync);
        }
    }

    /// <summary>Joins a room again that the hub has put out; without a connection, the next one does it.</summary>
    public void Rejoin(Room room)
    {
        if (Live is { } session) background.Run(() => joiner.JoinAsync(session, room));
    }

    /// <summary>The newest connection that is up.</summary>
    private HubSession? Live
    {
        get
        {
            lock (gate) return up.LastOrDefault(session => !session.Ended.IsCompleted);
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
        if (Live is not { } session)
        {
            Hurry();
            return;
        }

        lock (gate) hurry = true;
        background.Run(() => heartbeat.PingAsync(session, options.ProbeTimeout));
    }

    /// <summary>Ends the connection and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        HubSession[] sessions;
        lock (gate)
        {
            stopped = true;
            sessions = [.. up];
        }

        Interrupt();
        foreach (var session in sessions) session.End(null);
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
            if (failure is ConnectFailedException { InnerException: not OperationCanceledException }) regions.Failed();
            outage.Begin();
            if (GivesUp(failure, room)) continue;
            if (options.TimeProvider.GetElapsedTime(began) >= Held && failure is not ConnectFailedException) attempt = 0;
            await WaitAsync(attempt++, failure).ConfigureAwait(false);
        }

        outage.End();
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
        var before = rooms.All.Where(known => known.WasJoined).ToArray();
        try
        {
            var cancelled = BeginAttempt();

            // Who is in a room comes back to it where it is.
            if (before.Length is 0) await regions.ChooseAsync(cancelled).ConfigureAwait(false);
            outage.Begin();
            var session = await connector.ConnectAsync(regions.Target, room, cancelled).ConfigureAwait(false);
            Settle(session);
            if (Up(session)) await AnnounceAsync(session, before).ConfigureAwait(false);
            return await StayAsync(session).ConfigureAwait(false);
        }
        catch (ConnectFailedException exception)
        {
            return exception;
        }
    }

    /// <summary>The connection is the one to use from now on.</summary>
    /// <returns><c>false</c> when nobody wants one any more.</returns>
    private bool Up(HubSession session)
    {
        lock (gate)
        {
            if (stopped)
            {
                session.End(null);
                return false;
            }

            up.Add(session);
            hurry = false;
        }

        background.Run(() => heartbeat.RunAsync(session));
        return true;
    }

    /// <summary>Joins the other rooms, and tells the app once it is known what became of those that it was in.</summary>
    private async Task AnnounceAsync(HubSession session, Room[] before)
    {
        var joins = Task.WhenAll(rooms.All.Select(room => joiner.JoinAsync(session, room)));
        if (before.Length > 1) await joins.ConfigureAwait(false);
        else background.Run(() => joins);
        if (session.Ended.IsCompleted) return;
        var stayed = before.Where(rooms.All.Contains).ToArray();
        Change(ConnectionState.Connected, resumed: stayed.Length > 0 && stayed.All(room => room.IsResumedOver(session)));
    }

    /// <summary>Goes from one connection to the next for as long as rooms can be moved.</summary>
    /// <returns>Why the last one ended.</returns>
    private async Task<Exception?> StayAsync(HubSession session)
    {
        while (await SuccessorAsync(session).ConfigureAwait(false) is { } next)
        {
            Retire(session);
            Settle(session = next);
        }

        lock (gate) up.Clear();
        connector.Close(session);
        return await session.Ended.ConfigureAwait(false);
    }

    /// <returns>The connection to which all rooms have moved; <c>null</c> when there is none, and this one has ended.</returns>
    private async Task<HubSession?> SuccessorAsync(HubSession session)
    {
        while (await BetterAsync(session).ConfigureAwait(false) is { } better)
        {
            // Without rooms there is nothing to move; the next one brings a connection to the better region.
            if (rooms.First is null) session.End(null);
            if (session.Ended.IsCompleted) return null;
            if (await move.ReturnAsync(session, better).ConfigureAwait(false) is { } next) return next;
            regions.Doubt();
            Settle(session);
        }

        if (session.Ended.IsCompleted) return null;
        outage.Begin();
        return await move.RunAsync(session).ConfigureAwait(false);
    }

    /// <returns>The region to go back to; <c>null</c> when the connection ends, or its node is about to stop.</returns>
    private async Task<Region?> BetterAsync(HubSession session)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(session.Over);
        var better = regions.HasChoice ? regions.BetterAsync(session.Region, session.RegionName, MayMove, over.Token) : Task.FromResult<Region?>(null);
        var leaving = Task.WhenAny(session.GoingAway, session.Ended);
        if (await Task.WhenAny(leaving, better).ConfigureAwait(false) == better && await better.ConfigureAwait(false) is { } found) return found;
        await leaving.ConfigureAwait(false);
        over.Cancel();
        await better.ConfigureAwait(false);
        return null;
    }

    /// <summary>Whether going to another region, as a new peer, interrupts no call.</summary>
    private bool MayMove() => options.ReturnToNearest is RegionReturn.Always || rooms.All.All(room => room.IsAlone);

    /// <summary>The client lives on this connection, in its region.</summary>
    private void Settle(HubSession session)
    {
        outage.End();
        regions.Connected(session.Region, session.RegionName);
        Enter(session);
    }

    /// <summary>The app, whose room is about to be told, finds the region that it is in.</summary>
    private void Enter(HubSession session)
    {
        region.Change(session.Region.ToInfo(session.RegionName));
        changed();
    }

    /// <summary>Closes a connection that all rooms have left, once the hub has answered what was sent over it.</summary>
    private void Retire(HubSession session) => background.Run(async () =>
    {
        await heartbeat.PingAsync(session, options.ProbeTimeout).ConfigureAwait(false);
        lock (gate) up.Remove(session);
        connector.Close(session);
    });

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

    /// <summary>Tries again at once.</summary>
    private void Hurry()
    {
        lock (gate) hurry = true;
        Interrupt();
    }

    private void Interrupt()
    {
        CancellationTokenSource current;
        lock (gate) current = interruption;
        current.Cancel();
    }

    private void Change(ConnectionState next, Exception? failure = null, TimeSpan? retryIn = null, bool resumed = false)
    {
        state.Change(next, failure, retryIn, resumed);
        changed();
    }
}
