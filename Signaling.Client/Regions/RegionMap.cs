using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Regions;

/// <summary>The regions that there are: those that the app lists, or those that the hub lists when it is asked.</summary>
internal sealed class RegionMap
{
    private readonly Region? entry;
    private IReadOnlyList<Region>? known;

    /// <param name="first">Where to begin.</param>
    /// <param name="known">All; <c>null</c> when they have to be asked for.</param>
    /// <param name="entry">Whom to ask, if its own region does not answer.</param>
    /// <param name="isPreferred">Whether to connect to the first one without looking at others.</param>
    private RegionMap(Region first, IReadOnlyList<Region>? known, Region? entry, bool isPreferred)
    {
        First = first;
        this.known = known;
        this.entry = entry;
        IsPreferred = isPreferred;
    }

    /// <summary>Where to begin.</summary>
    public Region First { get; }

    /// <summary>Whether to connect there without looking at others first.</summary>
    public bool IsPreferred { get; }

    /// <summary>Whether there may be more than one.</summary>
    public bool HasChoice => entry is not null || All.Count > 1;

    /// <summary>Whether nothing is left to ask for.</summary>
    public bool IsKnown => known is not null;

    public IReadOnlyList<Region> All => Volatile.Read(ref known) ?? (entry is null || entry == First ? [First] : [First, entry]);

    public static RegionMap Of(Uri hub, SignalingClientOptions options)
    {
        var entry = new Region(null, ConnectUrl.Normalize(hub));
        if (!options.DiscoverRegions) return new(entry, [entry], null, isPreferred: true);
        return options.PreferredRegion is { } preferred ? new(Region.Of(preferred), null, entry, isPreferred: true) : new(entry, null, entry, isPreferred: false);
    }

    public static RegionMap Of(IReadOnlyList<RegionInfo> listed, SignalingClientOptions options)
    {
        if (listed.Count is 0) throw new ArgumentException("At least one region is needed.", nameof(listed));
        var regions = listed.Select(Region.Of).ToArray();
        var preferred = options.PreferredRegion is { } wanted ? regions.FirstOrDefault(region => region.Hub == Region.Of(wanted).Hub) : null;
        return new(preferred ?? regions[0], regions, null, isPreferred: preferred is not null);
    }

    /// <summary>The listed region behind an address that the app gave, which may lead to any; else that itself.</summary>
    public Region InUse(Region region) =>
        All.FirstOrDefault(listed => listed.Hub == region.Hub) ?? All.FirstOrDefault(listed => listed.Name is not null && listed.Name == region.Name) ?? region;

    /// <summary>Asks for the list, unless it is known.</summary>
    public async Task DiscoverAsync(RegionProber prober, Region asked, CancellationToken cancellationToken)
    {
        if (known is not null) return;
        var list = await prober.ListAsync(asked, cancellationToken).ConfigureAwait(false);
        if (list is null && entry is not null && entry != asked) list = await prober.ListAsync(entry, cancellationToken).ConfigureAwait(false);
        if (list is null) return;
        var regions = list.Regions.Where(Region.IsUsable).Select(Region.Of).ToArray();
        Volatile.Write(ref known, regions.Length > 0 ? regions : [asked with { Name = list.Current }]);
    }
}
