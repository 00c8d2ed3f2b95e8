using HdrHistogram;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>Two peers of a room. One signal is on its way between them at any time.</summary>
internal sealed class Pair(Player one, Player other) : IDisposable
{
    private const long MostMicroseconds = 60_000_000;

    public static async Task<Pair> JoinAsync(Uri hub, string room, string? traceParent) =>
        new(await Player.JoinAsync(hub, room, traceParent), await Player.JoinAsync(hub, room, traceParent));

    /// <returns>The times of the signals' ways, in microseconds.</returns>
    public async Task<LongHistogram> PlayAsync(TimeSpan length, CancellationToken cancellation)
    {
        var (time, latencies) = (TimeProvider.System, new LongHistogram(1, MostMicroseconds, 3));
        var (sender, receiver, began) = (one, other, time.GetTimestamp());
        while (time.GetElapsedTime(began) < length)
        {
            var sent = time.GetTimestamp();
            await sender.SendAsync(receiver.PeerId, cancellation);
            await receiver.SignalAsync(cancellation);
            latencies.RecordValue(Math.Max(1, (long)time.GetElapsedTime(sent).TotalMicroseconds));
            (sender, receiver) = (receiver, sender);
        }

        return latencies;
    }

    public void Dispose()
    {
        one.Dispose();
        other.Dispose();
    }
}
