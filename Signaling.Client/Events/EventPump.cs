using Microsoft.Extensions.Logging;

namespace Signaling.Client.Events;

/// <summary>
/// Runs event handlers one after another. It pulls: events come from state when the handlers are ready for the next, so that slow
/// handlers hold back nothing and queue nothing.
/// </summary>
/// <param name="next">Runs the handlers of the next event; <c>null</c> when there is none.</param>
/// <param name="context">Where handlers run; <c>null</c> for the thread pool.</param>
/// <param name="logger">Gets what handlers throw.</param>
internal sealed class EventPump(Func<Func<Task>?> next, SynchronizationContext? context, ILogger logger) : IAsyncDisposable
{
    private static readonly AsyncLocal<EventPump?> Current = new();

    private readonly object gate = new();
    private Task running = Task.CompletedTask;
    private bool awake;
    private bool again;
    private bool disposed;

    /// <summary>There may be a next event.</summary>
    public void Wake()
    {
        lock (gate)
        {
            if (disposed) return;
            again = true;
            if (awake) return;
            awake = true;
            running = Background.Run(RunAsync);
        }
    }

    /// <summary>Waits for the handlers that run or are due, unless called by one of them.</summary>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (gate)
        {
            disposed = true;
            last = running;
        }

        if (Current.Value != this) await last.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        Current.Value = this;
        while (true)
        {
            lock (gate) again = false;
            while (next() is { } handlers) await InvokeAsync(handlers).ConfigureAwait(false);
            lock (gate)
            {
                if (again) continue;
                awake = false;
                return;
            }
        }
    }

    private async Task InvokeAsync(Func<Task> handlers)
    {
        try
        {
            await (context is null ? handlers() : PostAsync(context, handlers)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            logger.HandlerFailed(exception);
        }
    }

    private static Task PostAsync(SynchronizationContext context, Func<Task> handlers)
    {
        var started = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        context.Post(
            _ =>
            {
                try
                {
                    started.SetResult(handlers());
                }
                catch (Exception exception)
                {
                    started.SetException(exception);
                }
            },
            null);
        return started.Task.Unwrap();
    }
}
