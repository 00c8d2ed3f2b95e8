using System.Globalization;

namespace ConsolePeer.Words;

/// <summary>Text that others wrote, and sizes.</summary>
internal static class Text
{
    /// <summary>Without control characters and without those that reorder a line: a peer must not be able to drive our terminal.</summary>
    public static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune => Rune(rune)));

    public static string Size(int bytes) => bytes < 1_000
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000.0:0.0} kB");

    private static string Rune(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
        UnicodeCategory.Format when rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => "",
        _ => rune.ToString(),
    };
}
