using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>The way of signals between this client's peer and one other, for as long as both keep their ids, over one connection after another.</summary>
/// <param name="room">The room; signals go over the connection that it lives on.</param>
/// <param name="peerId">The other peer's id.</param>
internal abstract class PeerLink(Room room, string peerId) : IDisposable
{
    private static readonly TimeSpan PauseUnlessTold = TimeSpan.FromMilliseconds(500);

    private readonly PeerPause pause = new();
    private ITimer? timer;

    protected object Gate => room.Gate;

    /// <summary>Whether the peer has left or this client has rejoined: nothing goes over it any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (Gate) return Closed is not null;
        }
    }

    protected Exception? Closed { get; private set; }

    protected long Now => room.Time.Milliseconds();

    /// <summary>The connection over which signals can go out now; while there is none, they wait.</summary>
    protected HubSession? Session => Closed is null && room.Session is { Ended.IsCompleted: false } session ? session : null;

    /// <summary>Whether the hub could not reach the peer last time.</summary>
    protected bool IsProbing => pause.IsProbing;

    /// <summary>Completes when the hub has accepted the signal.</summary>
    /// <remarks>Cancelling takes a signal back that was not sent yet; one that was sent may still arrive.</remarks>
    public async Task SendAsync(OutgoingSignal signal, CancellationToken cancellationToken)
    {
        signal.CheckSize(room.Id);
        if (cancellationToken.IsCancellationRequested) signal.Cancel(cancellationToken);
        else Post(signal);
        using var registration = cancellationToken.Register(() => Withdraw(signal, cancellationToken));
        await signal.Accepted.ConfigureAwait(false);
    }

    /// <summary>Puts a signal in line; its <see cref="OutgoingSignal.Accepted"/> tells the outcome.</summary>
    public void Post(OutgoingSignal signal)
    {
        lock (Gate)
        {
            if (Closed is not null) signal.Fail(Closed);
            else Enqueue(signal);
        }

        Pump();
    }

    /// <summary>This client's connection is back, or the other's: what may have got lost goes out again at once. Call under the lock.</summary>
    public void Reconnected()
    {
        pause.End();
        RepeatSent();
        Pump();
    }

    /// <summary>The hub cannot reach the peer; other peers are none the worse. Call under the lock.</summary>
    public void Unreachable(SignalingException exception) => pause.Extend(exception.RetryAfter, Now);

    /// <summary>Takes in a signal of the other peer.</summary>
    /// <param name="signal">What came.</param>
    /// <param name="deliver">Gives it to the app; <c>false</c> when the app has no room for it.</param>
    public abstract void Receive(Signal signal, Func<Signal, bool> deliver);

    /// <summary>The app has room again.</summary>
    public abstract void DeliverHeld(Func<Signal, bool> deliver);

    /// <summary>Sends what is due.</summary>
    public abstract void Pump();

    /// <summary>Ends the link: everything that waits fails. Call under the lock.</summary>
    /// <returns>What was never sent.</returns>
    public IReadOnlyList<OutgoingSignal> Close(Exception reason)
    {
        if (Closed is not null) return [];
        Closed = reason;
        timer?.Dispose();
        return TakeUnsent(reason);
    }

    public void Dispose() => timer?.Dispose();

    /// <summary>The hub has asked not to send for a while.</summary>
    public static void Pause(HubSession session, SignalingException exception, TimeProvider time) =>
        session.PauseUntil(time.Milliseconds() + (long)(exception.RetryAfter ?? PauseUnlessTold).TotalMilliseconds);

    protected abstract void Enqueue(OutgoingSignal signal);

    protected abstract bool Remove(OutgoingSignal signal);

    protected abstract void RepeatSent();

    /// <summary>Fails what was sent and not accepted, and gives back what was not sent.</summary>
    protected abstract IReadOnlyList<OutgoingSignal> TakeUnsent(Exception reason);

    /// <summary>The hub has answered. Called under the lock.</summary>
    protected abstract void Answered(Transmission transmission, Answer answer);

    /// <summary>Whether to wait; then <see cref="Pump"/> runs again when the wait is over. Call under the lock.</summary>
    protected bool IsPaused(HubSession session)
    {
        var until = Math.Max(session.PausedUntil, pause.Until);
        if (until <= Now) return false;
        PumpAt(until);
        return true;
    }

    /// <summary>Runs <see cref="Pump"/> again later. Call under the lock.</summary>
    protected void PumpAt(long? when)
    {
        if (Closed is not null) return;
        var due = when is { } at ? TimeSpan.FromMilliseconds(Math.Max(1, at - Now)) : Timeout.InfiniteTimeSpan;
        if (timer is not null) timer.Change(due, Timeout.InfiniteTimeSpan);
        else if (when is not null) timer = room.Time.CreateTimer(_ => Pump(), null, due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends one signal and sees to the hub's answer. Never throws.</summary>
    protected async Task TransmitAsync(Transmission transmission, long? ack)
    {
        var answer = await AskAsync(transmission, transmission.Content.ToSignal(room.Id, peerId, transmission.Seq, ack)).ConfigureAwait(false);
        bool goOn;
        lock (Gate)
        {
            if (answer is Answer.Accepted) pause.End();
            Answered(transmission, answer);

            // Over a connection that is lost, though nobody has said so yet, the next would only be lost as well.
            goOn = answer is not Answer.Unknown || room.Session != transmission.Session;
        }

        if (goOn) Pump();
    }

    /// <summary>Sends an acknowledgement; a lost one is made good by the next.</summary>
    protected Task AcknowledgeAsync(HubSession session, long ack) =>
        session.PostAsync(nameof(ISignalingHub.Send), new Signal { Room = room.Id, To = peerId, Ack = ack });

    private async Task<Answer> AskAsync(Transmission transmission, Signal signal)
    {
        var (session, _, content) = transmission;
        try
        {
            await session.InvokeAsync(nameof(ISignalingHub.Send), signal).ConfigureAwait(false);
            content.Accept();
            return Answer.Accepted;
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.PeerUnreachable)
        {
            lock (Gate)
            {
                if (room.Session == session) Unreachable(exception);
            }

            return Answer.Postponed;
        }
        catch (SignalingException exception) when (exception.Action is ErrorAction.Retry or ErrorAction.RetryLater)
        {
            Pause(session, exception, room.Time);
            return Answer.Postponed;
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.PeerNotInRoom)
        {
            lock (Gate)
            {
                foreach (var unsent in Close(exception)) unsent.Fail(exception);
            }

            content.Fail(exception);
            return Answer.Refused;
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.NotInRoom)
        {
            room.OnForgotten(session);
            return Answer.Unknown;
        }
        catch (SignalingException exception)
        {
            room.Logger.SignalRefused(exception, peerId);
            content.Fail(exception);
            return Answer.Refused;
        }
        catch (ConnectionLostException)
        {
            return Answer.Unknown;
        }
    }

    private void Withdraw(OutgoingSignal signal, CancellationToken cancellationToken)
    {
        lock (Gate) Remove(signal);
        signal.Cancel(cancellationToken);
    }

    /// <summary>A signal on its way to the hub.</summary>
    protected sealed record Transmission(HubSession Session, long? Seq, OutgoingSignal Content);

    /// <summary>What the hub did with a signal.</summary>
    protected enum Answer
    {
        /// <summary>Passed it on.</summary>
        Accepted,

        /// <summary>Not now.</summary>
        Postponed,

        /// <summary>Never.</summary>
        Refused,

        /// <summary>The connection ended first, or this client's peer lives on another.</summary>
        Unknown,
    }
}
