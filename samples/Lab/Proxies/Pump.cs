using System.Net.Sockets;
using System.Threading.Channels;

namespace Signaling.Lab.Proxies;

/// <summary>One direction of one connection: reads ahead a bounded amount and writes it as the lane's impairment wants.</summary>
internal sealed class Pump(Socket from, Socket to, Lane lane, TimeProvider time) : IDisposable
{
    /// <summary>At most so many bytes wait here; then the sender has to.</summary>
    public const int Capacity = ChunkBytes * Chunks;

    private const int ChunkBytes = 1024;
    private const int Chunks = 1024;

    private readonly Channel<Chunk> queue = Channel.CreateBounded<Chunk>(Chunks - 2); // One more is being read, one written.
    private int held;
    private volatile bool lost;

    /// <summary>Takes back what still waits; for the end of the connection.</summary>
    public void Dispose() => lane.Hold(-held);

    /// <summary>From now on all is lost here, without a sign; ends and resets too.</summary>
    public void Lose() => lost = true;

    /// <summary>Until the sender has ended. Throws when it resets.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        var due = time.GetTimestamp();
        while (true)
        {
            var buffer = new byte[ChunkBytes];
            var read = await ReceiveAsync(buffer, cancellation);
            due = Math.Max(due, time.GetTimestamp() + Ticks(Latency(lane.Impairment)));
            Hold(read);
            await queue.Writer.WriteAsync(new(buffer.AsMemory(0, read), due), cancellation);
            if (read == 0) return;
        }
    }

    /// <summary>Until all is written, the end included. Throws when the receiver has reset.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        await foreach (var chunk in queue.Reader.ReadAllAsync(cancellation))
        {
            await UntilAsync(chunk.Due, cancellation);
            await lane.ThawedAsync(cancellation);
            if (chunk.IsEnd)
            {
                await UnlessLostAsync(cancellation);
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            var data = await GlueAsync(chunk.Data, cancellation);
            if (IsLost()) lane.Drop(data.Length);
            else await WriteAsync(data, cancellation);
            Hold(-data.Length);
        }
    }

    /// <summary>A reset travels like data: not through a frozen or a broken lane.</summary>
    private async Task<int> ReceiveAsync(byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await from.ReceiveAsync(buffer, cancellation);
        }
        catch (SocketException)
        {
            await lane.ThawedAsync(cancellation);
            await UnlessLostAsync(cancellation);
            throw;
        }
    }

    private async Task<ReadOnlyMemory<byte>> GlueAsync(ReadOnlyMemory<byte> first, CancellationToken cancellation)
    {
        if (lane.Impairment.Glue is var wait && wait <= TimeSpan.Zero) return first;
        await Task.Delay(wait, time, cancellation);
        var glued = new List<byte>(first.ToArray());
        while (queue.Reader.TryPeek(out var next) && !next.IsEnd && next.Due <= time.GetTimestamp() && queue.Reader.TryRead(out next)) glued.AddRange(next.Data.Span);
        return glued.ToArray();
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        while (data.Length > 0)
        {
            var (maxWrite, rate) = (lane.Impairment.MaxWrite, lane.Impairment.BytesPerSecond);
            var piece = data[..Math.Min(data.Length, Math.Min(maxWrite, Math.Max(1, rate / 20)))];
            for (var rest = piece; rest.Length > 0;) rest = rest[await to.SendAsync(rest, cancellation)..];
            data = data[piece.Length..];
            if (rate < int.MaxValue) await Task.Delay(TimeSpan.FromSeconds((double)piece.Length / rate), time, cancellation);
        }
    }

    private static TimeSpan Latency(Impairment impairment) => impairment.Delay + (impairment.Jitter * Random.Shared.NextDouble());

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private async Task UntilAsync(long due, CancellationToken cancellation)
    {
        var wait = time.GetElapsedTime(time.GetTimestamp(), due);
        if (wait <= TimeSpan.Zero) return;
        // Not a delay task: that would cut whole milliseconds out of it.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = time.CreateTimer(_ => over.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        await over.Task.WaitAsync(cancellation);
    }

    private bool IsLost()
    {
        // Not one expression: that would write back what it read before Lose.
        if (lane.Impairment.Drops) lost = true;
        return lost;
    }

    private Task UnlessLostAsync(CancellationToken cancellation) =>
        IsLost() ? Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation) : Task.CompletedTask;

    private void Hold(int bytes)
    {
        Interlocked.Add(ref held, bytes);
        lane.Hold(bytes);
    }

    private readonly record struct Chunk(ReadOnlyMemory<byte> Data, long Due)
    {
        public bool IsEnd => Data.IsEmpty;
    }
}
