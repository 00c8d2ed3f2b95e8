using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Signaling.Tests.Operator;

/// <summary>An operator's console as its page is one: the stock SignalR client, with nothing of ours.</summary>
internal sealed class ConsoleClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HubConnection _hub;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ConsoleClient(HubConnection hub)
    {
        _hub = hub;
        _hub.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when the hub has ended the connection.</summary>
    public Task Closed => _closed.Task.WaitAsync(Patience);

    /// <param name="address">Of the hub, or of its listener for operators.</param>
    /// <param name="token">An operator's; none for a guest.</param>
    public static async Task<ConsoleClient> OpenAsync(Uri address, string? token = null)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(address, "operator/console/hub"), http => http.AccessTokenProvider = () => Task.FromResult(token)).Build();
        await hub.StartAsync();
        return new(hub);
    }

    public IAsyncEnumerable<JsonElement> WatchAsync(string stream, object? argument = null, CancellationToken cancellation = default) =>
        argument is null ? _hub.StreamAsync<JsonElement>(stream, cancellation) : _hub.StreamAsync<JsonElement>(stream, argument, cancellation);

    /// <summary>The first view of a stream, which is then ended.</summary>
    public Task<JsonElement> FirstAsync(string stream, object? argument = null) => UntilAsync(stream, _ => true, argument);

    /// <summary>The first view of a stream that is as wanted; the stream is then ended.</summary>
    public async Task<JsonElement> UntilAsync(string stream, Func<JsonElement, bool> wanted, object? argument = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        var last = default(JsonElement);
        try
        {
            await foreach (var view in WatchAsync(stream, argument, patience.Token))
            {
                last = view.Clone();
                if (wanted(last)) return last;
            }
        }
        catch (OperationCanceledException)
        {
            // It never came.
        }
        finally
        {
            await patience.CancelAsync(); // Only that ends the stream at the hub.
        }

        throw new TimeoutException($"{stream} never was as wanted; at last it was {last}");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
