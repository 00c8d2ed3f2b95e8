namespace Signaling.Lab.Proxies;

/// <summary>What is wrong with one direction of a network; all that is not said is fine.</summary>
internal sealed record Impairment
{
    /// <summary>How long everything takes longer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>At most how much more than <see cref="Delay"/>, at random; the order is kept.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>At most so many bytes a write: 1 tears everything apart.</summary>
    public int MaxWrite { get; init; } = int.MaxValue;

    /// <summary>What comes within this time of the first byte goes out glued together, in one write.</summary>
    public TimeSpan Glue { get; init; }

    /// <summary>The bandwidth.</summary>
    public int BytesPerSecond { get; init; } = int.MaxValue;

    /// <summary>Nothing passes, and nothing is lost: it waits.</summary>
    public bool Frozen { get; init; }

    /// <summary>
    /// What passes is lost, ends and resets of connections included: whoever sends sees nothing of it. A connection that lost something
    /// never works again in that direction, new ones do once this is over.
    /// </summary>
    public bool Drops { get; init; }
}
