using Signaling.LoadTest.Connections;
using Signaling.LoadTest.Messages;

namespace Signaling.LoadTest.Peers;

/// <summary>Pings at a fixed interval, at an own phase so that the pings of all peers spread out.</summary>
/// <param name="run">The run.</param>
/// <param name="connection">What it pings through.</param>
/// <param name="isOver">Asked before each ping.</param>
internal sealed class PingClock(LoadRun run, HubConnection connection, Predicate<TimeSpan> isOver)
{
    private TimeSpan? sent;
    private TimeSpan roundTrip;

    public void Start(TimeSpan joined) =>
        run.Scheduler.At(joined + (Random.Shared.NextDouble() * run.Options.PingInterval), Ping);

    public void Answered(TimeSpan now)
    {
        if (sent is not { } then) return;
        sent = null;
        roundTrip = now - then;
        run.Meters.Ping.Record(roundTrip);
    }

    private void Ping(TimeSpan due)
    {
        if (isOver(run.Clock.Now)) return;
        if (sent is null)
        {
            sent = due;
            connection.Send(Invocations.Ping(roundTrip.TotalMilliseconds));
        }

        run.Scheduler.At(due + run.Options.PingInterval, Ping);
    }
}
