using System.Text.RegularExpressions;

namespace Signaling.Tests.Contracts;

/// <summary>PROTOCOL.md, read the way a reader looks things up: by heading and by table row.</summary>
internal sealed partial class ProtocolDocument
{
    private readonly string _text = File.ReadAllText(Path.Combine(Repository.Root, "Signaling.Contracts", "PROTOCOL.md"));

    public string Title => _text[.._text.IndexOf('\n', StringComparison.Ordinal)].TrimEnd();

    /// <summary>The text below a heading, until the next one.</summary>
    public string Section(string heading)
    {
        var start = _text.IndexOf($"\n## {heading}", StringComparison.Ordinal);
        start.Should().BePositive("PROTOCOL.md has a section {0}", heading);
        var end = _text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? _text[start..] : _text[start..end];
    }

    /// <summary>The rows of a section's tables by the name in their first cell, each as its other cells.</summary>
    public IReadOnlyDictionary<string, string[]> Rows(string heading) => Row().Matches(Section(heading))
        .ToDictionary(match => match.Groups["name"].Value, match => UnescapedBar().Split(match.Groups["cells"].Value).Select(cell => cell.Trim()).ToArray());

    /// <summary>The text without the value types that shapes may spell out, so that `{ type: "offer" \| …, sdp? }` reads `{ type, sdp? }`.</summary>
    public string WithoutValueTypes() => ValueType().Replace(_text, "");

    [GeneratedRegex("""^\| (?:<a id="[^"]*"></a>)?`(?<name>[^`]+)` \|(?<cells>.*)\|\r?$""", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex UnescapedBar();

    [GeneratedRegex("""(?<=\w\??): (?:"[a-z]+"(?: \\\| "[a-z]+")*|\{ \[[^]]+\]: \w+ \})""")]
    private static partial Regex ValueType();
}
