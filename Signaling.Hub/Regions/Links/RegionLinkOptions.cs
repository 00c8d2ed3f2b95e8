using System.ComponentModel.DataAnnotations;

namespace Signaling.Hub.Regions.Links;

/// <summary>The links between regions.</summary>
public sealed class RegionLinkOptions
{
    /// <summary>Time between the beats by which nodes of different regions know of each other.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a link may be broken, either way, before the peers behind it are unreachable. Longer than three beats, and than the worst delay of the link.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long a region may be unreachable before its peers leave.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);
}
