using System.Net.WebSockets;
using Signaling.LoadTest.Messages;

namespace Signaling.LoadTest.Connections;

/// <summary>SignalR's records over one WebSocket. Sending never waits; what the socket does not take yet is queued in order.</summary>
internal sealed class HubConnection(WebSocket socket, Traffic traffic) : IDisposable
{
    private readonly Lock gate = new();
    private Task sending = Task.CompletedTask;

    /// <summary>Sends a record and gives its buffer back.</summary>
    public void Send(Record record)
    {
        traffic.AddSent(record.Bytes.Length);
        lock (gate)
        {
            sending = sending.IsCompleted ? WriteAsync(record) : WriteAfterAsync(sending, record);
        }
    }

    /// <summary>Waits for bytes without holding a buffer, then reads them.</summary>
    /// <returns><c>false</c> when the hub has ended the connection.</returns>
    public async ValueTask<bool> ReadAsync(RecordSplitter records)
    {
        try
        {
            var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (waited.MessageType is WebSocketMessageType.Close) return false;
            var read = await socket.ReceiveAsync(records.Free(), CancellationToken.None);
            if (read.MessageType is WebSocketMessageType.Close) return false;
            records.Filled(read.Count);
            traffic.AddReceived(read.Count);
            return true;
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            return false;
        }
    }

    /// <summary>Says goodbye behind what is still queued; the hub answers by ending the connection.</summary>
    public void Finish()
    {
        lock (gate)
        {
            sending = FinishAfterAsync(sending);
        }
    }

    /// <summary>Ends the connection without a word.</summary>
    public void Dispose() => socket.Dispose();

    private static bool IsEnd(Exception failure) =>
        failure is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private async Task WriteAfterAsync(Task earlier, Record record)
    {
        await earlier;
        await WriteAsync(record);
    }

    private async Task WriteAsync(Record record)
    {
        try
        {
            await socket.SendAsync(record.Bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            socket.Dispose(); // The reader learns of it and tells why the session ended.
        }
        finally
        {
            record.Return();
        }
    }

    private async Task FinishAfterAsync(Task earlier)
    {
        await earlier;
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            socket.Dispose();
        }
    }
}
