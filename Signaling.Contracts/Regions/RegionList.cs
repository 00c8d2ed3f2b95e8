namespace Signaling.Contracts;

/// <summary>The regions of the service, as <c>GET /regions</c> of every hub tells them.</summary>
public sealed record RegionList
{
    /// <summary>The region of the hub that was asked.</summary>
    public required string Current { get; init; }

    /// <summary>All regions, that one included.</summary>
    public required IReadOnlyList<RegionInfo> Regions { get; init; }
}

/// <summary>One region.</summary>
public sealed record RegionInfo
{
    /// <summary>Its name, <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The base URL under which clients reach its hubs, such as <c>https://seoul.example.com</c>.</summary>
    public required string Url { get; init; }
}
