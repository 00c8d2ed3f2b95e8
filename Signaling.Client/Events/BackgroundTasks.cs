namespace Signaling.Client.Events;

/// <summary>Short background work that disposal waits for.</summary>
internal sealed class BackgroundTasks
{
    private readonly HashSet<Task> tasks = [];

    public void Run(Func<Task> work) => _ = RunAsync(work);

    /// <returns>Completes or fails as the work does.</returns>
    public Task RunAsync(Func<Task> work)
    {
        var task = Background.Run(work);
        lock (tasks) tasks.Add(task);
        task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return task;
    }

    public Task WhenAllAsync()
    {
        lock (tasks) return Task.WhenAll(tasks);
    }

    private void Remove(Task task)
    {
        lock (tasks) tasks.Remove(task);
    }
}
