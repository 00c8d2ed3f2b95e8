using Signaling.Client.Events;

namespace Signaling.Client.Regions;

/// <summary>The time between two connections: the regions are watched, so that the next try goes to one that works.</summary>
/// <param name="regions">Says where to go.</param>
/// <param name="background">Runs the watch.</param>
/// <param name="switched">Ends a try or a wait that is for the region before.</param>
internal sealed class Outage(RegionGuide regions, BackgroundTasks background, Action switched)
{
    private readonly object gate = new();
    private CancellationTokenSource? watch;

    /// <summary>No connection, or none that will last. Once is enough.</summary>
    public void Begin()
    {
        if (!regions.HasChoice) return;
        lock (gate)
        {
            if (watch is not null) return;
            watch = new();
            var over = watch.Token;
            background.Run(() => WatchAsync(over));
        }
    }

    /// <summary>A connection holds, or none is wanted.</summary>
    public void End()
    {
        lock (gate)
        {
            watch?.Cancel();
            watch = null;
        }
    }

    private async Task WatchAsync(CancellationToken over)
    {
        while (await regions.FailOverAsync(over).ConfigureAwait(false)) switched();
    }
}
