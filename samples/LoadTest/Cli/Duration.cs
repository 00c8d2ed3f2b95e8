using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.LoadTest.Cli;

/// <summary>A duration as people write it: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>h:mm:ss</c>, <c>m:ss</c>, or seconds.</summary>
internal readonly partial record struct Duration(string Text, TimeSpan Time)
{
    public static bool TryParse(string text, out Duration duration)
    {
        var parsed = text.Contains(':', StringComparison.Ordinal) ? ClockTime(text) : Amount(text);
        duration = new Duration(text, parsed ?? TimeSpan.Zero);
        return parsed is not null;
    }

    /// <summary>For an option; a text that is no duration is an error that names it.</summary>
    public static Duration Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!TryParse(text, out var duration))
        {
            result.AddError($"{((OptionResult)result.Parent!).Option.Name} takes a duration such as 500ms, 30s, 5m or 1h, not '{text}'.");
        }

        return duration;
    }

    /// <summary>As it was written, for the help.</summary>
    public override string ToString() => Text;

    private static TimeSpan? ClockTime(string text) =>
        TimeSpan.TryParseExact(text, [@"h\:mm\:ss", @"hh\:mm\:ss", @"m\:ss", @"mm\:ss"], CultureInfo.InvariantCulture, out var time) ? time : null;

    private static TimeSpan? Amount(string text)
    {
        if (Form().Match(text) is not { Success: true } match) return null;
        var unit = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            _ => TimeSpan.FromSeconds(1),
        };
        return double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,6}(\.[0-9]+)?)(?<unit>ms|s|m|h)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
