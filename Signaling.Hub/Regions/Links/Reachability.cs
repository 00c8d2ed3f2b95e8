using Microsoft.Extensions.Options;

namespace Signaling.Hub.Regions.Links;

/// <summary>Which other regions, and which of their nodes, can be reached from this node.</summary>
internal sealed class Reachability(IOptions<SignalingOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, FarRegion> _regions = options.Value.Regions
        .Where(region => region.Name != options.Value.Region)
        .ToDictionary(region => region.Name, region => new FarRegion(options.Value.Links, time), StringComparer.Ordinal);

    /// <summary>The region of this node.</summary>
    public string Own => options.Value.Region;

    /// <summary>The other regions that are not given up.</summary>
    public IReadOnlyList<string> Regions
    {
        get { lock (_gate) return [.. _regions.Where(region => !region.Value.IsLost).Select(region => region.Key)]; }
    }

    public bool Knows(string region) => _regions.ContainsKey(region);

    public bool CanReach(string region, string node)
    {
        lock (_gate) return _regions.GetValueOrDefault(region)?.CanReach(node) is true;
    }

    /// <summary>The nodes of a region that were heard lately.</summary>
    public IReadOnlyList<string> NodesOf(string region)
    {
        lock (_gate) return _regions.GetValueOrDefault(region)?.Nodes ?? [];
    }

    /// <summary>Whether anything was heard of a region lately.</summary>
    public bool Hears(string region)
    {
        lock (_gate) return _regions[region].IsHeard;
    }

    /// <summary>Whether the link works both ways.</summary>
    public bool IsOpen(string region)
    {
        lock (_gate) return _regions[region].IsOpen;
    }

    /// <summary>A beat of a region's to answer with the next one there; <c>null</c> when none was heard lately.</summary>
    public Echo? EchoTo(string region)
    {
        lock (_gate) return _regions[region].NextEcho();
    }

    /// <summary>A beat has arrived.</summary>
    /// <param name="region">Of which region.</param>
    /// <param name="node">Of which node.</param>
    /// <param name="hearsUs">Whether that node hears this region.</param>
    /// <param name="stamp">Its timestamp, which only that node understands.</param>
    public void Heard(string region, string node, bool hearsUs, long stamp)
    {
        lock (_gate) _regions.GetValueOrDefault(region)?.Heard(node, hearsUs, stamp);
    }

    /// <summary>An echo of a region's has arrived.</summary>
    public void Measured(string region, TimeSpan roundTrip)
    {
        lock (_gate) _regions[region].RoundTrip = roundTrip;
    }

    /// <summary>The last round trip to a region and back; <c>null</c> while the link is not open.</summary>
    public TimeSpan? RoundTripTo(string region)
    {
        lock (_gate) return _regions[region] is { IsOpen: true } far ? far.RoundTrip : null;
    }

    /// <summary>Looks at what was heard, and at whether the way there is open.</summary>
    public Verdict Judge(string region, bool isLinkUp)
    {
        lock (_gate) return _regions[region].Judge(isLinkUp);
    }

    /// <summary>This node itself has stood still: that nothing was heard meanwhile means nothing.</summary>
    public void Forgive()
    {
        lock (_gate)
        {
            foreach (var region in _regions.Values) region.Forgive();
        }
    }
}
