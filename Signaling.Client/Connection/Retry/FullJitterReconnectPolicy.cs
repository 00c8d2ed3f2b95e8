namespace Signaling.Client;

/// <summary>
/// A random delay between 0 and min(<see cref="Base"/> · 2ⁿ, <see cref="Cap"/>), for ever: many clients that lost a hub together do not come back
/// together. While a peer can be resumed, <see cref="ResumeCap"/> is a bound as well.
/// </summary>
public sealed class FullJitterReconnectPolicy : ReconnectPolicy
{
    private readonly Func<double> random;

    /// <summary>A policy that draws from a random source of its own.</summary>
    public FullJitterReconnectPolicy()
        : this(Jitter.Next)
    {
    }

    internal FullJitterReconnectPolicy(Func<double> random) => this.random = random;

    /// <summary>Bound of the first delay. 0.5 s by default.</summary>
    public TimeSpan Base { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Bound of any delay. 30 s by default.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bound of a delay while a peer can be resumed. 5 s by default, a fraction of the hub's resume window.</summary>
    public TimeSpan ResumeCap { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override TimeSpan DelayBefore(int attempt) => Draw(attempt, Cap);

    /// <inheritdoc/>
    public override TimeSpan DelayBeforeResume(int attempt) => Draw(attempt, ResumeCap < Cap ? ResumeCap : Cap);

    private TimeSpan Draw(int attempt, TimeSpan cap) =>
        TimeSpan.FromMilliseconds(random() * Math.Min(cap.TotalMilliseconds, Base.TotalMilliseconds * Math.Pow(2, attempt)));
}
