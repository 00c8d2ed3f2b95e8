using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Signaling.Client;
using Signaling.Hub;

namespace Signaling.Tests.Hub;

internal sealed partial class LogEventTests
{
    [TestCase(typeof(SignalingOptions))]
    [TestCase(typeof(SignalingClient))]
    public void Each_log_event_of_an_assembly_has_an_id_of_its_own(Type inAssembly) =>
        EventsOf(inAssembly).Select(one => one.Id).Should().NotBeEmpty().And.OnlyHaveUniqueItems();

    [Test]
    public void Operators_are_told_of_each_log_event_of_the_hub_by_id_category_and_level()
    {
        var documented = new[] { "running.md", "regions.md" }
            .SelectMany(document => Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", document)).ReplaceLineEndings("\n")))
            .SelectMany(row => row.Groups["ids"].Value.Split(", ").Select(id => (int.Parse(id, CultureInfo.InvariantCulture), row.Groups["category"].Value, Enum.Parse<LogLevel>(row.Groups["level"].Value, ignoreCase: true))));

        documented.Should().BeEquivalentTo(EventsOf(typeof(SignalingOptions)));
    }

    private static (int Id, string? Category, LogLevel Level)[] EventsOf(Type inAssembly) =>
    [
        .. from type in inAssembly.Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select (message.EventId, type.FullName, message.Level),
    ];

    [GeneratedRegex(@"^\| (?<ids>\d+(, \d+)*) \| `(?<category>[\w.]+)` \| (?<level>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
