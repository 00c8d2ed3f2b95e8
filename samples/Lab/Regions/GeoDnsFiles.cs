using Signaling.Lab.Routing;

namespace Signaling.Lab.Regions;

/// <summary>The files of deploy/geodns in a folder of their own.</summary>
internal static class GeoDnsFiles
{
    private static readonly string[] Regions = ["seoul", "frankfurt", "virginia"];

    /// <summary>Everything as it is shipped, but for the folders, the user and the regions' readiness.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="readyUrl">What tells whether a region is ready.</param>
    /// <param name="subnets">Further lines of subnets.txt.</param>
    public static void Write(string folder, Func<string, string> readyUrl, string subnets = "")
    {
        foreach (var file in Directory.GetFiles(Deployed.PathOf("geodns"))) Copy(file, folder, readyUrl, subnets);
    }

    private static void Copy(string file, string folder, Func<string, string> readyUrl, string subnets)
    {
        var text = File.ReadAllText(file)
            .Replace("/etc/knot/geodns", folder, StringComparison.Ordinal)
            .Replace("/var/lib/knot/geodns", folder, StringComparison.Ordinal)
            .Replace("/var/lib/knot", folder, StringComparison.Ordinal)
            .Replace("/run/knot", folder, StringComparison.Ordinal)
            .Replace("    user: knot:knot\n", "", StringComparison.Ordinal);
        foreach (var region in Regions) text = text.Replace($"https://{region}.example.com/health/ready", readyUrl(region), StringComparison.Ordinal);
        var name = Path.GetFileName(file);
        File.WriteAllText(Path.Combine(folder, name), name is "subnets.txt" ? text + subnets : text);
    }
}
