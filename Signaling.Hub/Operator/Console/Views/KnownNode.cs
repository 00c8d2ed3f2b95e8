using Signaling.Hub.Operator.Console.Survey;

namespace Signaling.Hub.Operator.Console.Views;

/// <summary>A node that has answered at least once, while it is watched.</summary>
internal sealed class KnownNode(TimeProvider time)
{
    // Shorter times apart make a rate of nothing but chance.
    private const double ShortestMs = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(10);

    private long _heardAt;
    private (long Signals, double UptimeMs)? _before;

    public Answer Answer { get; private set; } = null!;

    public double SignalsPerSecond { get; private set; }

    public TimeSpan Silence => time.GetElapsedTime(_heardAt);

    /// <summary>Whether it has answered lately.</summary>
    public bool Answers => Silence < Fresh;

    /// <summary>Whether it has been silent for so long that it is not shown any more.</summary>
    public bool IsGone => Silence >= Gone;

    public void Heard(Heard heard)
    {
        (Answer, _heardAt) = (heard.Answer, heard.At);
        if (Answer.Status is not { } status) return;
        if (_before is { } before && status.UptimeMs - before.UptimeMs < ShortestMs) return;
        if (_before is { } earlier) SignalsPerSecond = Math.Round((status.Signals - earlier.Signals) * 1000 / (status.UptimeMs - earlier.UptimeMs), 1);
        _before = (status.Signals, status.UptimeMs);
    }
}
