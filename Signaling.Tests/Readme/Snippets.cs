using System.Text.RegularExpressions;

namespace Signaling.Tests.Readme;

/// <summary>Code as a reader sees it in a README, and as the compiler sees it in a source file.</summary>
internal static partial class Snippets
{
    /// <summary>The C# blocks of a Markdown file.</summary>
    public static IReadOnlyList<string> OfReadme(string path) =>
        [.. Block().Matches(Read(path)).Select(match => match.Groups["code"].Value.Trim())];

    /// <summary>The regions of a source file by name, without their indentation; regions of one name are parts of one snippet.</summary>
    public static IReadOnlyDictionary<string, string> OfSource(string path) => Region().Matches(Read(path))
        .GroupBy(match => match.Groups["name"].Value, match => WithoutIndentation(match.Groups["code"].Value))
        .ToDictionary(parts => parts.Key, parts => string.Join("\n\n", parts));

    private static string Read(string path) => File.ReadAllText(Path.Combine(Repository.Root, path)).ReplaceLineEndings("\n");

    private static string WithoutIndentation(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var indentation = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > 0 ? line[indentation..] : line));
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *#region (?<name>[\w-]+)\n(?<code>.*?)^ *#endregion$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Region();
}
