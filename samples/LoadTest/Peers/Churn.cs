namespace Signaling.LoadTest.Peers;

/// <summary>Makes peers leave and join anew, evenly over time.</summary>
internal sealed class Churn(LoadRun run)
{
    private TimeSpan interval;

    public void Begin(TimeSpan now)
    {
        if (run.Options.Churn <= 0) return;
        interval = TimeSpan.FromMinutes(1) / (run.Options.Churn * run.Options.Peers);
        run.Scheduler.At(now + interval, Next);
    }

    private void Next(TimeSpan due)
    {
        if (!run.IsSending) return;
        run.Peers[Random.Shared.Next(run.Peers.Count)].Churn();
        run.Scheduler.At(due + interval, Next);
    }
}
