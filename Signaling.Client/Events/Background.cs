namespace Signaling.Client.Events;

/// <summary>Starts work that outlives its caller and so must not inherit the caller's trace or culture.</summary>
internal static class Background
{
    public static Task Run(Func<Task> work)
    {
        if (ExecutionContext.IsFlowSuppressed()) return Task.Run(work);
        using (ExecutionContext.SuppressFlow()) return Task.Run(work);
    }
}
