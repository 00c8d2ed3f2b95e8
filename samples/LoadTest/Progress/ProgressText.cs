using System.Globalization;

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
        var line = string.Create(CultureInfo.InvariantCulture, $"peers {run.Meters.Connected.Value:N0}/{run.Options.Peers:N0}  signals {(nowSent - sent) / seconds:N0}/s out, {(nowReceived - received) / seconds:N0}/s in")
            + string.Create(CultureInfo.InvariantCulture, $"  in flight {run.Ledger.InFlight:N0}  signal p50 {Ms(50)} p99 {Ms(99)}  join p99 {run.Meters.Join.PercentileMs(99) ?? 0:N1} ms")
            + string.Create(CultureInfo.InvariantCulture, $"  errors {run.Meters.ErrorCount:N0}");
        (last, sent, received) = (now, nowSent, nowReceived);
        return line;
    }

    /// <summary>Which part of the current phase is over.</summary>
    public double Fraction()
    {
        var length = run.Phase switch { RunPhase.Ramp => run.RampTime, RunPhase.Run => run.Options.Duration, _ => run.Options.Drain };
        return length <= TimeSpan.Zero ? 1 : Math.Clamp((run.Clock.Now - run.PhaseBegan) / length, 0, 1);
    }

    private string Ms(double percentile) =>
        string.Create(CultureInfo.InvariantCulture, $"{run.Meters.Latency.PercentileMs(percentile) ?? 0:N1} ms");
}
