using Microsoft.Extensions.Logging;
using Signaling.Contracts;

namespace Signaling.Client.Regions;

/// <summary>The region that the client is connected to, and what handlers know of it.</summary>
internal sealed class RegionTracker(ILogger logger)
{
    private readonly object gate = new();
    private RegionInfo? current;
    private RegionInfo? announced;

    /// <summary>The last one; <c>null</c> before the first connection.</summary>
    public RegionInfo? Current
    {
        get
        {
            lock (gate) return current;
        }
    }

    public void Change(RegionInfo next)
    {
        lock (gate)
        {
            if (current == next) return;
            logger.RegionChanged(current?.Name, next.Name);
            current = next;
        }
    }

    /// <summary>The step that handlers have not seen; several are merged into one.</summary>
    public RegionChange? Next()
    {
        lock (gate)
        {
            if (current is null || current == announced) return null;
            var change = new RegionChange(announced, current);
            announced = current;
            return change;
        }
    }
}
