namespace Signaling.Tests.Deploy.GeoDns;

/// <summary>Where a region answers, as <c>regions.txt</c> says.</summary>
internal sealed record Addresses(string V4, string V6)
{
    public static readonly Addresses Seoul = new("192.0.2.10", "2001:db8:10::1");
    public static readonly Addresses Frankfurt = new("192.0.2.20", "2001:db8:20::1");
    public static readonly Addresses Virginia = new("192.0.2.30", "2001:db8:30::1");
}
