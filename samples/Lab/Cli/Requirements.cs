namespace Signaling.Lab.Cli;

/// <summary>What the machine has to have.</summary>
internal static class Requirements
{
    // A program, and the Debian package that it is in.
    private static readonly (string Program, string Package)[] Programs =
    [
        ("ip", "iproute2"), ("sysctl", "procps"), ("nft", "nftables"), ("bird", "bird2"), ("redis-server", "redis-server"), ("knotd", "knot-module-geoip"),
        ("kdig", "knot-dnsutils"), ("curl", "curl"),
    ];

    /// <summary>What is missing, as a sentence; <c>null</c> when nothing is.</summary>
    public static string? Problem()
    {
        if (!OperatingSystem.IsLinux()) return "The lab needs Linux: it is made of network namespaces.";
        if (!Environment.IsPrivilegedProcess) return "The lab needs root for its network namespaces; try sudo.";
        var missing = Programs.Where(needed => !IsThere(needed.Program)).Select(needed => needed.Package).ToArray();
        return missing.Length is 0 ? null : $"Not installed: {string.Join(' ', missing)}. On Debian: apt-get install --no-install-recommends {string.Join(' ', missing)}";
    }

    private static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Append("/usr/sbin")
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
