using Signaling.Client.Connection;

namespace Signaling.Client.Regions;

/// <summary>Says which region to connect to: the nearest at first, the next best when that fails, and the nearest again when it is well.</summary>
internal sealed class RegionGuide(RegionMap map, SignalingClientOptions options) : IDisposable
{
    // One bad answer may be an accident, as may be two failed tries.
    private const int MostUnready = 1;
    private const int MostFailures = 2;
    private const int RoundsToReturn = 6;
    private const int HomeRounds = 30;
    private static readonly TimeSpan OutageRound = TimeSpan.FromSeconds(0.5);

    private readonly object gate = new();
    private readonly TimeProvider time = options.TimeProvider;
    private readonly RegionProber prober = new(options);
    private readonly RegionChoice choice = new(options.ReturnAfter);
    private Region target = map.First;
    private bool chosen = map.IsPreferred;
    private int failures;
    private long? measured;

    /// <summary>Whether there may be another region to go to.</summary>
    public bool HasChoice => map.HasChoice;

    /// <summary>Where to connect.</summary>
    public Region Target
    {
        get
        {
            lock (gate) return target;
        }

        private set
        {
            lock (gate) (target, failures) = (value, 0);
        }
    }

    /// <summary>The nearest one that was ready when they were measured last.</summary>
    public Region? Nearest => choice.Nearest();

    /// <summary>Measures the regions before the first connection, unless the app prefers one; later only when there was a better one than that in use.</summary>
    public async Task ChooseAsync(CancellationToken cancellationToken)
    {
        if (!HasChoice || (chosen && !choice.HasBetter)) return;
        chosen = true;
        await map.DiscoverAsync(prober, Target, cancellationToken).ConfigureAwait(false);
        await MeasureAsync(map.InUse(Target), hurry: true, cancellationToken).ConfigureAwait(false);
        Target = choice.Nearest() ?? map.InUse(Target);
    }

    /// <summary>A try to connect has failed.</summary>
    public void Failed()
    {
        lock (gate) failures++;
    }

    /// <summary>A connection holds.</summary>
    /// <param name="region">Where it was opened.</param>
    /// <param name="name">What the hub calls that region.</param>
    public void Connected(Region region, string? name) => Target = HasChoice ? map.InUse(region with { Name = name }) : region;

    /// <summary>Watches the regions while there is no connection.</summary>
    /// <returns><c>true</c> when <see cref="Target"/> is another one now; <c>false</c> when cancelled.</returns>
    public async Task<bool> FailOverAsync(CancellationToken over)
    {
        for (var unready = 0; ;)
        {
            // All clients of a lost region begin at the same time.
            await WaitAsync(TimeSpan.FromTicks((long)(OutageRound.Ticks * (0.5 + Jitter.Next()))), over).ConfigureAwait(false);
            if (over.IsCancellationRequested) return false;
            await map.DiscoverAsync(prober, Target, over).ConfigureAwait(false);
            var failing = map.InUse(Target);
            await MeasureAsync(failing, hurry: false, over).ConfigureAwait(false);
            if (over.IsCancellationRequested) return false;
            unready = choice.IsReady(failing) ? 0 : unready + 1;
            if ((unready > MostUnready || HasFailed) && choice.Nearest(failing) is { } other)
            {
                Target = other;
                return true;
            }
        }
    }

    /// <summary>Watches the regions while a connection holds.</summary>
    /// <param name="region">Its region.</param>
    /// <param name="name">What the hub calls that region.</param>
    /// <param name="mayMove">Whether a move would hurt nobody now.</param>
    /// <param name="over">Ends the watch.</param>
    /// <returns>The region to move to; <c>null</c> when cancelled.</returns>
    public async Task<Region?> BetterAsync(Region region, string? name, Func<bool> mayMove, CancellationToken over)
    {
        var round = TimeSpan.FromTicks(options.ReturnAfter.Ticks / RoundsToReturn);
        if (measured is { } last) await WaitAsync(round - TimeSpan.FromMilliseconds(time.Milliseconds() - last), over).ConfigureAwait(false);
        while (!over.IsCancellationRequested)
        {
            await map.DiscoverAsync(prober, region, over).ConfigureAwait(false);
            var current = map.InUse(region with { Name = name });
            if (options.ReturnToNearest is RegionReturn.Never && map.IsKnown) return null;
            await MeasureAsync(current, hurry: false, over).ConfigureAwait(false);
            if (!over.IsCancellationRequested && choice.Steady(time.Milliseconds()) is { } better && mayMove()) return better;
            await WaitAsync(choice.HasBetter ? round : TimeSpan.FromTicks(round.Ticks * HomeRounds), over).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Moving to the better region did not work.</summary>
    public void Doubt() => choice.Doubt();

    public void Dispose() => prober.Dispose();

    private bool HasFailed
    {
        get
        {
            lock (gate) return failures > MostFailures;
        }
    }

    private async Task MeasureAsync(Region current, bool hurry, CancellationToken cancellationToken)
    {
        var round = await prober.MeasureAsync(map.All, hurry, cancellationToken).ConfigureAwait(false);
        if (cancellationToken.IsCancellationRequested) return;
        measured = time.Milliseconds();
        choice.Take(round, current, measured.Value);
    }

    private async Task WaitAsync(TimeSpan delay, CancellationToken over)
    {
        if (delay > TimeSpan.Zero) await Task.WhenAny(time.WaitAsync(delay, over)).ConfigureAwait(false);
    }
}
