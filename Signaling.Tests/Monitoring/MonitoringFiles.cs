using System.Text.RegularExpressions;

namespace Signaling.Tests.Monitoring;

/// <summary>The files of deploy/monitoring.</summary>
internal static partial class MonitoringFiles
{
    public static string Folder { get; } = PathOf("");

    public static IReadOnlyList<string> Rules { get; } = [.. Directory.GetFiles(PathOf("rules"), "*.yml").Order(StringComparer.Ordinal)];

    public static string PathOf(string file) => Path.Combine(Repository.Root, "deploy", "monitoring", file);

    /// <summary>A copy whose alerts come within seconds: short intervals, short windows where they are the shortest, and no patience.</summary>
    public static void CopyHastened(DirectoryInfo to)
    {
        foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to.FullName, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            if (Path.GetExtension(file) is ".yml") File.WriteAllText(copy, Hasten(File.ReadAllText(file)));
        }
    }

    private static string Hasten(string text) => Waits().Replace(text, "$1 1s").Replace("[5m]", "[10s]", StringComparison.Ordinal);

    [GeneratedRegex(@"(for:|evaluation_interval:|group_wait:|group_interval:) \d+[sm]")]
    private static partial Regex Waits();
}
