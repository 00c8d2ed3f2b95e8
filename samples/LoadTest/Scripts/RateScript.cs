using Signaling.LoadTest.Messages;
using Signaling.LoadTest.Peers;

namespace Signaling.LoadTest.Scripts;

/// <summary>
/// App data at a fixed rate: the peers take turns, the receiver is anyone else of the room. The schedule never waits for what is under way
/// (open loop), so that a hub which stalls is charged for every signal that was due meanwhile.
/// </summary>
internal sealed class RateScript(LoadRun run) : IScript
{
    private readonly SignalBody body = SignalBody.Data(run.Options.Payload);
    private TimeSpan start;
    private long next;

    public void Joined(Session session, TimeSpan now)
    {
    }

    public void Received(Session session, Session from, SignalKind kind, TimeSpan now)
    {
    }

    public void Begin(TimeSpan now)
    {
        start = now;
        run.Scheduler.At(start, SendNext);
    }

    private void SendNext(TimeSpan due)
    {
        if (!run.IsSending) return;
        var sender = run.Peers[(int)(next % run.Peers.Count)].Session;
        if (sender?.Mates.PickOne() is { } receiver) sender.Send(receiver, body, due);
        else run.Meters.Skipped.Add();

        next++;
        run.Scheduler.At(start + TimeSpan.FromSeconds(next / run.Options.Rate), SendNext);
    }
}
