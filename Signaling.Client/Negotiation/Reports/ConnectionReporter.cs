using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Negotiation.Reports;

/// <summary>Reports what came of a connection, once that is known and when it changes. Guarded by its owner.</summary>
/// <param name="record">What there is to report.</param>
/// <param name="send">Takes a report; told whether the connection is over, so that nobody waits for an answer.</param>
/// <param name="later">Runs something after a time, with what only the engine knows read into the record, under the owner's lock.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionReporter(ConnectionRecord record, Action<ConnectionOutcome, bool> send, Func<TimeSpan, Action, IDisposable> later, TimeProvider time)
{
    /// <summary>How long a connection may take to come about.</summary>
    public static readonly TimeSpan SetUpTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a new outcome has to stay, so that what changes together is told together.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two reports of a connection.</summary>
    public static readonly TimeSpan LeastGap = TimeSpan.FromSeconds(5);

    private IDisposable? setUp;
    private IDisposable? timer;
    private ConnectionOutcome? outcome;
    private (ConnectionOutcome Outcome, int Restarts)? told;
    private long toldAt;
    private bool closed;

    /// <summary>A description was applied.</summary>
    public void Began()
    {
        if (closed) return;
        setUp ??= later(SetUpTimeout, () =>
        {
            if (!record.WasConnected) Become(ConnectionOutcome.Failed);
        });
    }

    /// <summary>What came of the connection, as of now; what was told already is not told again.</summary>
    public void Become(ConnectionOutcome now)
    {
        if (closed) return;
        outcome = now;
        timer?.Dispose();
        var gap = told is null ? TimeSpan.Zero : LeastGap - TimeSpan.FromMilliseconds(time.Milliseconds() - toldAt);
        timer = later(gap > Settling ? gap : Settling, () => Tell(last: false));
    }

    /// <summary>The connection is over.</summary>
    public void Close()
    {
        if (closed) return;
        if (record.IsLost) outcome = ConnectionOutcome.Failed;
        else if (record is { HasBegun: true, WasConnected: false } && outcome is not ConnectionOutcome.Failed) outcome = ConnectionOutcome.Abandoned;
        Tell(last: true);
        closed = true;
        setUp?.Dispose();
        timer?.Dispose();
    }

    private void Tell(bool last)
    {
        if (closed || outcome is not { } now || told == (now, record.Restarts)) return;
        told = (now, record.Restarts);
        toldAt = time.Milliseconds();
        send(now, last);
    }
}
