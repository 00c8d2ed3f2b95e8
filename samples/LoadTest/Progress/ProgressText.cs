using Signaling.LoadTest.Measuring;

namespace Signaling.LoadTest.Progress;

/// <summary>What a run is doing, in a few numbers; rates are since the last time it was asked.</summary>
internal sealed class ProgressText(LoadRun run)
{
    private TimeSpan last = run.Clock.Now;
    private long sent;
    private long received;

    public string Next()
    {
        var now = run.Clock.Now;
        var seconds = Math.Max((now - last).TotalSeconds, 0.001);
        var (nowSent, nowReceived) = (run.Ledger.Sent.Value, run.Ledger.Received.Value);
        var (outRate, inRate) = ((nowSent - sent) / seconds, (nowReceived - received) / seconds);
        (last, sent, received) = (now, nowSent, nowReceived);
        return string.Join(
            "  ",
            Text($"peers {run.Meters.Connected.Value:N0}/{run.Options.Peers:N0}"),
            Text($"signals {outRate:N0}/s out, {inRate:N0}/s in"),
            Text($"in flight {run.Ledger.InFlight:N0}"),
            $"signal p50 {Ms(run.Meters.Latency, 50)} p99 {Ms(run.Meters.Latency, 99)}",
            $"join p99 {Ms(run.Meters.Join, 99)}",
            Text($"errors {run.Meters.ErrorCount:N0}"));
    }

    /// <summary>Which part of the current phase is over.</summary>
    public double Fraction()
    {
        var length = run.Phase switch { RunPhase.Ramp => run.RampTime, RunPhase.Run => run.Options.Duration, _ => run.Options.Drain };
        return length <= TimeSpan.Zero ? 1 : Math.Clamp((run.Clock.Now - run.PhaseBegan) / length, 0, 1);
    }

    private static string Ms(Times times, double percentile) =>
        times.PercentileMs(percentile) is { } ms ? Text($"{ms:N1} ms") : "–";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
