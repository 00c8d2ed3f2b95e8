namespace Signaling.Client.Negotiation;

/// <summary>Runs pieces of work one after another, in the order in which they were asked for.</summary>
internal sealed class Turns
{
    private readonly object gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>Completes when the work has run; fails as the work does.</summary>
    public async Task TakeAsync(Func<Task> work)
    {
        var turn = new TaskCompletionSource<bool>();
        Task before;
        lock (gate) (before, last) = (last, turn.Task);

        await before.ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            turn.SetResult(true);
        }
    }
}
