using System.Text.RegularExpressions;

namespace Signaling.Lab.Routing;

/// <summary>A <c>site.conf</c> of deploy/anycast with other values: what an operator does who follows its README.</summary>
internal static class SiteFile
{
    /// <summary>Timers for a machine that is busy with other things: a second without the processor is no death.</summary>
    public static readonly (string, string)[] Patient = [("BFD_INTERVAL", "500"), ("BFD_MULTIPLIER", "6")];

    public static string Edit(string text, params IEnumerable<(string Name, string Value)> changes)
    {
        foreach (var (name, value) in changes)
        {
            var definition = new Regex($@"(?<=^define {name}\s*= )[^;]+(?=;)", RegexOptions.Multiline);
            if (definition.Count(text) != 1) throw new ArgumentException($"{name} is not defined once.");
            text = definition.Replace(text, value);
        }

        return text;
    }
}
