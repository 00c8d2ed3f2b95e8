using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Signaling.Contracts;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Sessions;

/// <summary>What waits for one client's socket. Sending never waits; a client that reads too slowly is dropped, alone.</summary>
internal sealed class Outbox(HubConnectionContext connection, int capacity, LimitMetrics limits)
{
    private int _waiting;

    /// <summary>How this node ends the connection; <c>null</c> when it does not.</summary>
    public ConnectionEnd? End { get; private set; }

    public void Send(SerializedHubMessage message)
    {
        var write = connection.WriteAsync(message);
        if (!write.IsCompletedSuccessfully) Await(write.AsTask());
    }

    /// <summary>Tells the client why and to close; ends the connection when it does not.</summary>
    public async Task CloseAsync(SignalingError why, TimeSpan patience, TimeProvider time)
    {
        End ??= ConnectionEnd.Drained;
        await Task.WhenAny(connection.WriteAsync(new CloseMessage(why.ToString())).AsTask(), Task.Delay(patience, time));
        await Task.WhenAny(Task.Delay(patience, time, connection.ConnectionAborted));
        connection.Abort();
    }

    private void Await(Task write)
    {
        if (Interlocked.Increment(ref _waiting) > capacity) Drop();
        write.ContinueWith(
            static (_, outbox) => Interlocked.Decrement(ref ((Outbox)outbox!)._waiting),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void Drop()
    {
        if (End is not ConnectionEnd.Dropped) limits.Hit(Limit.Outbox);
        End = ConnectionEnd.Dropped;
        connection.Abort();
    }
}
