using System.Threading.Channels;

namespace Signaling.Tests.Client;

/// <summary>What an event has told, in order, for a test to await.</summary>
/// <param name="patience">How long at most; 20 s by default.</param>
internal sealed class Observed<T>(TimeSpan? patience = null)
{
    private readonly TimeSpan patience = patience ?? TimeSpan.FromSeconds(20);
    private readonly Channel<T> seen = System.Threading.Channels.Channel.CreateUnbounded<T>();

    /// <summary>How many are seen and not yet awaited.</summary>
    public int Seen => seen.Reader.Count;

    public Task Handle(T value)
    {
        seen.Writer.TryWrite(value);
        return Task.CompletedTask;
    }

    public async Task<T> NextAsync() => await seen.Reader.ReadAsync().AsTask().WaitAsync(patience);

    public async Task<T> NextAsync(Predicate<T> wanted)
    {
        while (true)
        {
            var next = await NextAsync();
            if (wanted(next)) return next;
        }
    }
}

internal static class Streams
{
    /// <summary>Fails instead of waiting for ever.</summary>
    public static Task InTimeAsync(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>The first elements of a stream.</summary>
    public static async Task<List<T>> TakeAsync<T>(this IAsyncEnumerable<T> stream, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var taken = new List<T>();
        await foreach (var item in stream.WithCancellation(patience.Token))
        {
            taken.Add(item);
            if (taken.Count == count) break;
        }

        return taken;
    }
}
