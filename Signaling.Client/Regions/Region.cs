using Signaling.Client.Connection;
using Signaling.Contracts;

namespace Signaling.Client.Regions;

/// <summary>A region as this client reaches it.</summary>
/// <param name="Name">As it is listed; <c>null</c> for a URL of which nothing else is known.</param>
/// <param name="Hub">The hub's address.</param>
internal sealed record Region(string? Name, Uri Hub)
{
    /// <summary>Answers 200 when the region takes connections.</summary>
    public Uri Ready => new(Hub, "health/ready");

    /// <summary>Where it lists all regions.</summary>
    public Uri List => new(Hub, "regions");

    /// <summary>Whether both are the same region, whatever the address.</summary>
    public bool Is(Region other) => Hub == other.Hub || (Name is not null && Name == other.Name);

    /// <exception cref="ArgumentException">Its URL is not absolute, or neither http nor https.</exception>
    public static Region Of(RegionInfo listed)
    {
        if (!IsUsable(listed)) throw new ArgumentException($"The URL of the region '{listed.Name}' must be absolute, and http or https.", nameof(listed));
        return new(listed.Name, ConnectUrl.Normalize(new(listed.Url.TrimEnd('/') + "/signaling")));
    }

    public static bool IsUsable(RegionInfo listed) => Uri.TryCreate(listed.Url, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https" or "ws" or "wss" };

    /// <summary>For the app, with the name that the hub itself gave.</summary>
    public RegionInfo ToInfo(string? name) => new() { Name = name ?? Name ?? "", Url = new Uri(Hub, ".").AbsoluteUri.TrimEnd('/') };
}
