using Microsoft.Extensions.Logging;
using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Rooms;

/// <summary>The way of signals between this client's peer and one other, for as long as both keep their ids.</summary>
/// <param name="gate">The room's lock.</param>
/// <param name="room">The room's id.</param>
/// <param name="peerId">The other peer's id.</param>
/// <param name="session">The connection that this client's peer lives on.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal abstract class PeerLink(object gate, string room, string peerId, HubSession session, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan PauseUnlessTold = TimeSpan.FromMilliseconds(500);

    private ITimer? timer;

    protected object Gate => gate;

    protected HubSession Session => session;

    /// <summary>Whether the peer has left or this client has rejoined: nothing goes over it any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (gate) return Closed is not null;
        }
    }

    protected Exception? Closed { get; private set; }

    protected long Now => time.Milliseconds();

    /// <summary>Whether signals can go out now; while not, they wait.</summary>
    protected bool IsOpen => Closed is null && !session.Ended.IsCompleted;

    /// <summary>Completes when the hub has accepted the signal.</summary>
    /// <remarks>Cancelling takes a signal back that was not sent yet; one that was sent may still arrive.</remarks>
    public async Task SendAsync(OutgoingSignal signal, CancellationToken cancellationToken)
    {
        signal.CheckSize(room);
        cancellationToken.ThrowIfCancellationRequested();
        Post(signal);
        using var registration = cancellationToken.Register(() => Withdraw(signal, cancellationToken));
        await signal.Accepted.ConfigureAwait(false);
    }

    /// <summary>Puts a signal in line; its <see cref="OutgoingSignal.Accepted"/> tells the outcome.</summary>
    public void Post(OutgoingSignal signal)
    {
        lock (gate)
        {
            if (Closed is not null) signal.Fail(Closed);
            else Enqueue(signal);
        }

        Pump();
    }

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

    protected abstract void Enqueue(OutgoingSignal signal);

    protected abstract bool Remove(OutgoingSignal signal);

    /// <summary>Fails what was sent and not accepted, and gives back what was not sent.</summary>
    protected abstract IReadOnlyList<OutgoingSignal> TakeUnsent(Exception reason);

    /// <summary>The hub has answered. Called under the lock.</summary>
    protected abstract void Answered(long? seq, Answer answer);

    /// <summary>Runs <see cref="Pump"/> again later. Call under the lock.</summary>
    protected void PumpAt(long? when)
    {
        if (Closed is not null) return;
        var due = when is { } at ? TimeSpan.FromMilliseconds(Math.Max(1, at - Now)) : Timeout.InfiniteTimeSpan;
        if (timer is not null) timer.Change(due, Timeout.InfiniteTimeSpan);
        else if (when is not null) timer = time.CreateTimer(_ => Pump(), null, due, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends one signal and sees to the hub's answer. Never throws.</summary>
    protected async Task TransmitAsync(long? seq, long? ack, OutgoingSignal content)
    {
        var answer = await AskAsync(content.ToSignal(room, peerId, seq, ack), content).ConfigureAwait(false);
        lock (gate) Answered(seq, answer);
        Pump();
    }

    /// <summary>Sends an acknowledgement; a lost one is made good by the next.</summary>
    protected Task AcknowledgeAsync(long ack) => session.PostAsync(nameof(ISignalingHub.Send), new Signal { Room = room, To = peerId, Ack = ack });

    private async Task<Answer> AskAsync(Signal signal, OutgoingSignal content)
    {
        try
        {
            await session.InvokeAsync(nameof(ISignalingHub.Send), signal).ConfigureAwait(false);
            content.Accept();
            return Answer.Accepted;
        }
        catch (SignalingException exception) when (exception.Action is ErrorAction.Retry or ErrorAction.RetryLater)
        {
            Pause(session, exception, time);
            return Answer.Postponed;
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.PeerNotInRoom)
        {
            lock (gate)
            {
                foreach (var unsent in Close(exception)) unsent.Fail(exception);
            }

            content.Fail(exception);
            return Answer.Refused;
        }
        catch (SignalingException exception) when (exception.Code is ErrorCode.NotInRoom)
        {
            // The hub has forgotten this peer; the room is joined again over a new connection.
            session.End(exception);
            return Answer.Unknown;
        }
        catch (SignalingException exception)
        {
            logger.SignalRefused(exception, peerId);
            content.Fail(exception);
            return Answer.Refused;
        }
        catch (ConnectionLostException)
        {
            return Answer.Unknown;
        }
    }

    /// <summary>The hub has asked not to send for a while.</summary>
    public static void Pause(HubSession session, SignalingException exception, TimeProvider time) =>
        session.PauseUntil(time.Milliseconds() + (long)(exception.RetryAfter ?? PauseUnlessTold).TotalMilliseconds);

    private void Withdraw(OutgoingSignal signal, CancellationToken cancellationToken)
    {
        lock (gate) Remove(signal);
        signal.Cancel(cancellationToken);
    }

    /// <summary>What the hub did with a signal.</summary>
    protected enum Answer
    {
        /// <summary>Passed it on.</summary>
        Accepted,

        /// <summary>Not now.</summary>
        Postponed,

        /// <summary>Never.</summary>
        Refused,

        /// <summary>The connection ended first.</summary>
        Unknown,
    }
}
