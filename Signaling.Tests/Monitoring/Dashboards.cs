using System.Text.Json;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Monitoring;

/// <summary>What the dashboards ask Prometheus.</summary>
internal static partial class Dashboards
{
    public static IReadOnlyList<JsonElement> All { get; } =
        [.. Directory.GetFiles(MonitoringFiles.PathOf("grafana/dashboards"), "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file)))];

    /// <summary>Each query, as Grafana would send it.</summary>
    /// <param name="node">Of the dashboard of one node.</param>
    public static IEnumerable<PanelQuery> Queries(string node) =>
        from dashboard in All
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        select new PanelQuery(
            $"{Text(dashboard, "title")} / {Text(panel, "title")} {Text(target, "refId")}",
            Substitute(Text(target, "expr"), IsMulti(dashboard, "node") ? ".*" : node),
            [.. Label().Matches(Text(target, "legendFormat")).Select(label => label.Groups["name"].Value)]);

    /// <summary>What the variables of all dashboards are chosen from: a metric, and the label of which the values are.</summary>
    public static IEnumerable<(string Metric, string Label)> Variables() => All
        .SelectMany(dashboard => dashboard.GetProperty("templating").GetProperty("list").EnumerateArray())
        .Select(variable => Values().Match(Text(variable, "definition")))
        .Select(values => (Substitute(values.Groups["metric"].Value, ".*"), values.Groups["label"].Value))
        .Distinct();

    private static string Substitute(string query, string node) => query
        .Replace("$__rate_interval", "10s", StringComparison.Ordinal)
        .Replace("$region", ".*", StringComparison.Ordinal)
        .Replace("$node", node, StringComparison.Ordinal);

    private static bool IsMulti(JsonElement dashboard, string variable) => dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
        .Any(one => Text(one, "name") == variable && one.GetProperty("multi").GetBoolean());

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Label();

    [GeneratedRegex(@"^label_values\((?<metric>.+), (?<label>\w+)\)$")]
    private static partial Regex Values();
}

/// <summary>One query of a dashboard.</summary>
/// <param name="Where">Dashboard and panel.</param>
/// <param name="Expression">In PromQL.</param>
/// <param name="Labels">That its legend shows.</param>
internal sealed record PanelQuery(string Where, string Expression, IReadOnlyList<string> Labels);
