using Signaling.LoadTest.Connections;

namespace Signaling.LoadTest.Peers;

/// <summary>Somebody who wants to be in a room for the whole run, and joins again when a session ends.</summary>
internal sealed class Peer(LoadRun run, int index, HubAddress hub)
{
    private bool hasJoined;
    private bool wasLost;
    private int tries;

    public Session? Session { get; private set; }

    public async Task LiveAsync(TimeSpan due)
    {
        try
        {
            TimeSpan? next = due;
            while (next is { } begin && !run.Stopping.IsCancellationRequested) next = await StayAsync(begin);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    /// <summary>Told by its session when the welcome is there.</summary>
    public void Joined()
    {
        if (!hasJoined) run.Meters.Connected.Add();
        if (wasLost) run.Meters.Rejoined.Add();
        (hasJoined, wasLost, tries) = (true, false, 0);
    }

    /// <summary>Leaves, so as to join anew.</summary>
    public bool Churn()
    {
        if (Session is not { IsJoined: true } session) return false;
        run.Meters.Churned.Add();
        session.Leave(politely: Random.Shared.Next(2) is 0);
        return true;
    }

    /// <returns>When the next session is due; nothing when this peer gives up or the run is over.</returns>
    private async Task<TimeSpan?> StayAsync(TimeSpan due)
    {
        Session = run.Sessions.Open(number => new Session(run, this, number, run.Options.RoomOf(index)));
        var end = await Session.LiveAsync(hub, run.Tokens.For(index), due);
        if (run.Stopping.IsCancellationRequested) return null;
        if (end.Failure is not { } failure) return run.Clock.Now;

        run.Meters.AddError(failure.Code);
        return end.Joined ? await ReturnAsync() : await RetryAsync(failure, due);
    }

    private async Task<TimeSpan?> ReturnAsync()
    {
        run.Meters.AbnormalDisconnects.Add();
        wasLost = true;
        var due = run.Clock.Now + Backoff.Delay(tries);
        await run.Scheduler.UntilAsync(due, run.Stopping);
        return due;
    }

    /// <summary>A join that takes several tries is one long join to its user, so that it stays due when it was.</summary>
    private async Task<TimeSpan?> RetryAsync(ConnectFailure failure, TimeSpan due)
    {
        if (!failure.CanRetry || tries == run.Options.Retries)
        {
            run.Meters.Failed.Add();
            return null;
        }

        run.Meters.Retries.Add();
        var wait = failure.RetryAfter ?? Backoff.Delay(tries);
        tries++;
        await run.Scheduler.UntilAsync(run.Clock.Now + wait, run.Stopping);
        return due;
    }
}
