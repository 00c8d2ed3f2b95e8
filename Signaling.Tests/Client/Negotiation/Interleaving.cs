namespace Signaling.Tests.Client.Negotiation;

/// <summary>Decides which of all that could go on goes on next. One thread runs everything; it has no
/// synchronization context, which would put continuations off.</summary>
internal sealed class Interleaving
{
    private readonly Func<int, int> pick;
    private readonly List<TaskCompletionSource> waiting = [];

    private Interleaving(Func<int, int> pick) => this.pick = pick;

    /// <summary>Any order; which, follows from the seed.</summary>
    public static Interleaving Seeded(int seed) => new(new Random(seed).Next);

    /// <summary>First come, first served: what began together stays together.</summary>
    public static Interleaving InOrder() => new(_ => 0);

    /// <summary>Completes when it is its turn.</summary>
    public Task StepAsync()
    {
        var step = new TaskCompletionSource();
        waiting.Add(step);
        return step.Task;
    }

    /// <summary>Goes on until nothing is left to do.</summary>
    public void Run()
    {
        while (waiting.Count > 0)
        {
            var next = waiting[pick(waiting.Count)];
            waiting.Remove(next);
            next.SetResult();
        }
    }
}
