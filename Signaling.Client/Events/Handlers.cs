using Microsoft.Extensions.Logging;

namespace Signaling.Client.Events;

/// <summary>Calls the handlers of an event in the order in which they were added, each awaited, each on its own when another fails.</summary>
internal static class Handlers
{
    public static Func<Task> Call<T>(Func<T, Task> handlers, T argument, ILogger logger) => async () =>
    {
        foreach (var handler in handlers.GetInvocationList())
        {
            try
            {
                // The next handler runs in the app's context as well.
                await ((Func<T, Task>)handler)(argument).ConfigureAwait(true);
            }
            catch (Exception exception)
            {
                logger.HandlerFailed(exception);
            }
        }
    };
}
