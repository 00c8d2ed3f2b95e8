using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Signaling.Hub.Configuration;

/// <summary>The summaries of the options' XML docs, from the file that the compiler puts beside the hub.</summary>
internal static partial class OptionDocs
{
    private static readonly Lazy<Dictionary<string, string>> Summaries = new(Read);

    /// <returns>Nothing when the file was not deployed.</returns>
    public static string Of(PropertyInfo property) => Summaries.Value.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    private static Dictionary<string, string> Read()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.xml");
        return !File.Exists(file) ? [] : XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Spaces().Replace(member.Element("summary")!.Value, " ").Trim());
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
