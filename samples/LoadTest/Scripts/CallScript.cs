using Signaling.LoadTest.Messages;
using Signaling.LoadTest.Peers;

namespace Signaling.LoadTest.Scripts;

/// <summary>A mesh call: who joins offers to everyone in the room, who is offered to answers, and both trickle 8 to 12 candidates.</summary>
internal sealed class CallScript(LoadRun run) : IScript
{
    private const int MinFar = 3;
    private const int MaxFar = 7;

    /// <summary>A browser makes its peer connections one after the other; this also keeps a joiner below the hub's default rate limit.</summary>
    private static readonly TimeSpan BetweenOffers = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenHostCandidates = TimeSpan.FromMilliseconds(2);

    private readonly CallBodies bodies = new();

    public void Joined(Session session, TimeSpan now)
    {
        var due = now;
        foreach (var mate in session.Mates.All())
        {
            At(due, then => Describe(session, mate, bodies.Offer(), then));
            due += BetweenOffers;
        }
    }

    public void Received(Session session, Session from, SignalKind kind, TimeSpan now)
    {
        if (kind is SignalKind.Offer) At(now + Between(20, 80), then => Describe(session, from, bodies.Answer(), then));
    }

    public void Begin(TimeSpan now)
    {
        // Calls begin when their peers join.
    }

    private static TimeSpan Between(int minMs, int maxMs) =>
        TimeSpan.FromMilliseconds(minMs + (Random.Shared.NextDouble() * (maxMs - minMs)));

    private void Describe(Session session, Session to, SignalBody description, TimeSpan due)
    {
        session.Send(to, description, due);
        foreach (var candidate in bodies.Host)
        {
            due += BetweenHostCandidates;
            Trickle(session, to, candidate, due);
        }

        foreach (var candidate in bodies.Far.Take(Random.Shared.Next(MinFar, MaxFar + 1)))
        {
            due += Between(10, 60);
            Trickle(session, to, candidate, due);
        }

        Trickle(session, to, bodies.EndOfCandidates, due + Between(10, 60));
    }

    private void Trickle(Session session, Session to, SignalBody candidate, TimeSpan due) =>
        At(due, then => session.Send(to, candidate, then));

    private void At(TimeSpan due, Action<TimeSpan> work) => run.Scheduler.At(due, then =>
    {
        if (run.IsSending) work(then);
    });
}
