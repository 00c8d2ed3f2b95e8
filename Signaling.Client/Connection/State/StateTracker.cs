using Microsoft.Extensions.Logging;

namespace Signaling.Client.Connection.State;

/// <summary>The connection's state and the changes that handlers have not seen yet.</summary>
internal sealed class StateTracker(ILogger logger)
{
    // Behind handlers that take longer than this many changes, the oldest are forgotten.
    private const int MostUnseen = 32;

    private readonly Queue<ConnectionStateChange> unseen = new();

    public ConnectionState Current { get; private set; }

    public void Change(ConnectionState next, Exception? failure = null, TimeSpan? retryIn = null, bool resumed = false)
    {
        lock (unseen)
        {
            if (Current is ConnectionState.Closed && next is ConnectionState.Closed) return;
            var error = HubErrors.Find(failure);
            var change = new ConnectionStateChange
            {
                Previous = Current,
                Current = next,
                Error = error,
                Reason = error?.Message ?? failure?.GetBaseException().Message,
                Resumed = resumed,
                RetryIn = retryIn,
            };
            Current = next;
            if (unseen.Count == MostUnseen) unseen.Dequeue();
            unseen.Enqueue(change);
            logger.StateChanged(change.Previous, change.Current, change.Reason);
        }
    }

    public ConnectionStateChange? Next()
    {
        lock (unseen) return unseen.Count > 0 ? unseen.Dequeue() : null;
    }
}
