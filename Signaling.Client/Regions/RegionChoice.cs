namespace Signaling.Client.Regions;

/// <summary>Decides between regions by what was measured last. Knows no clock and no network.</summary>
/// <param name="steadyFor">How long a region has to be the better one before it is worth a move.</param>
internal sealed class RegionChoice(TimeSpan steadyFor)
{
    private static readonly TimeSpan LeastGain = TimeSpan.FromMilliseconds(10);
    private const double LeastShare = 0.8;

    private IReadOnlyDictionary<Region, TimeSpan> trips = new Dictionary<Region, TimeSpan>();
    private Region? better;
    private long since;

    /// <summary>Whether a region was ready when it was asked last.</summary>
    public bool IsReady(Region region) => Volatile.Read(ref trips).ContainsKey(region);

    /// <summary>The nearest region that is ready.</summary>
    public Region? Nearest(Region? except = null) => Volatile.Read(ref trips).Where(trip => trip.Key != except).OrderBy(trip => trip.Value).Select(trip => trip.Key).FirstOrDefault();

    /// <summary>Whether there is a region so much nearer than this one that a move may pay.</summary>
    public bool HasBetter => better is not null;

    /// <param name="round">The round trip to each region that is ready.</param>
    /// <param name="current">The region in use.</param>
    /// <param name="now">Milliseconds of the clock.</param>
    public void Take(IReadOnlyDictionary<Region, TimeSpan> round, Region current, long now)
    {
        Volatile.Write(ref trips, round);
        var nearest = Nearest(current);
        if (nearest is null || !IsWorthIt(round[nearest], current)) better = null;
        else if (better != nearest) (better, since) = (nearest, now);
    }

    /// <summary>A region that has been the better one for long.</summary>
    public Region? Steady(long now) => better is not null && now - since >= (long)steadyFor.TotalMilliseconds ? better : null;

    /// <summary>It has to prove itself anew.</summary>
    public void Doubt() => better = null;

    private bool IsWorthIt(TimeSpan trip, Region current) =>
        !trips.TryGetValue(current, out var own) || (trip + LeastGain < own && trip.Ticks < own.Ticks * LeastShare);
}
