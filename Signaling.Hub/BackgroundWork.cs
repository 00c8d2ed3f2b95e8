using System.Collections.Concurrent;

namespace Signaling.Hub;

/// <summary>Short work that nobody waits for but the end of the host. What it throws is logged.</summary>
internal sealed partial class BackgroundWork(ILogger<BackgroundWork> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled at the end of the host; for what waits.</summary>
    public CancellationToken Stopping => _stop.Token;

    public void Run(Func<Task> work)
    {
        var task = Task.Run(() => GuardAsync(work));
        _running.TryAdd(task, 0);
        task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Keys);
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host has ended.
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(3, LogLevel.Error, "Work in the background failed")]
    private partial void LogFailed(Exception failure);
}
