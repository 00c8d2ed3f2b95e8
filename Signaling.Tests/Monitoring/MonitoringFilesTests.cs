using System.Text.RegularExpressions;

namespace Signaling.Tests.Monitoring;

/// <summary>The files of deploy/monitoring, judged by the tools of Prometheus and Alertmanager, and against the documents that they name.</summary>
internal sealed partial class MonitoringFilesTests
{
    private static readonly string Metrics = File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md"));
    private static readonly string Runbook = File.ReadAllText(Path.Combine(Repository.Root, "docs", "runbook.md")).ReplaceLineEndings("\n");

    private static string RulesText => string.Concat(MonitoringFiles.Rules.Select(File.ReadAllText));

    [Test]
    public Task Prometheus_takes_its_configuration_and_rules() => Command.RunAsync("promtool", ["check", "config", MonitoringFiles.PathOf("prometheus.yml")]);

    [Test]
    public Task Rules_do_what_their_tests_say() => Command.RunAsync("promtool", ["test", "rules", MonitoringFiles.PathOf("rules.test.yml")], within: TimeSpan.FromMinutes(2));

    [Test]
    public void Every_alert_has_a_test()
    {
        var tests = File.ReadAllText(MonitoringFiles.PathOf("rules.test.yml"));

        Alerts().Should().OnlyContain(alert => tests.Contains($"alertname: {alert}\n        exp_alerts:\n          - ", StringComparison.Ordinal));
    }

    [Test]
    public Task Alertmanager_takes_its_configuration() => Command.RunAsync("amtool", ["check-config", MonitoringFiles.PathOf("alertmanager.yml")]);

    [TestCase("on-call", "severity=page", "team=signaling")]
    [TestCase("network-on-call", "severity=page", "team=network")]
    [TestCase("tickets", "severity=ticket", "team=signaling")]
    [TestCase("network-tickets", "severity=ticket", "team=network")]
    [TestCase("tickets", "alertname=OfSomebodyElse")]
    public async Task Alerts_go_to_whom_severity_and_team_say(string receiver, params string[] labels)
    {
        var route = await Command.RunAsync("amtool", ["config", "routes", "test", $"--config.file={MonitoringFiles.PathOf("alertmanager.yml")}", .. labels]);

        route.Trim().Should().Be(receiver);
    }

    [Test]
    public void Every_alert_has_a_severity_a_team_and_a_section_of_the_run_book_and_there_are_no_others()
    {
        var rules = Alert().Matches(RulesText);
        foreach (Match rule in rules)
        {
            var name = rule.Groups["name"].Value;
            rule.Value.Should().MatchRegex("labels: { severity: (page|ticket), team: (signaling|network) }").And.Contain("summary: ").And.Contain("description: ");
            rule.Value.Should().Contain($"runbook_url: https://docs.example.com/signaling/runbook.md#{name.ToLowerInvariant()}\n");
        }

        Section().Matches(Runbook).Select(section => section.Groups["name"].Value).Should().BeEquivalentTo(Alerts());
        Runbook.Split("\n## ")[1..].Where(section => section.StartsWith("Signaling", StringComparison.Ordinal)).Should().OnlyContain(
            section => section.Contains("**Means.**") && section.Contains("**Look.**") && section.Contains("**Do.**"));
    }

    [Test]
    public void Every_metric_that_is_asked_for_exists()
    {
        var documented = Documented().Matches(Metrics).Select(row => row.Groups["name"].Value).ToHashSet();
        var asked = Dashboards.Queries("a").Select(query => query.Expression).Append(RulesText).SelectMany(text => Metric().Matches(text)).Select(metric => metric.Value).Distinct().ToArray();

        asked.Should().HaveCountGreaterThan(30);
        asked.Select(metric => Suffix().Replace(metric, "")).Should().OnlyContain(metric => documented.Contains(metric));
    }

    [Test]
    public void Every_recorded_series_that_is_asked_for_is_recorded()
    {
        var recorded = Record().Matches(RulesText).Select(rule => rule.Groups["name"].Value).ToHashSet();

        Dashboards.Queries("a").Select(query => query.Expression).Append(RulesText).Append(Runbook)
            .SelectMany(text => Recorded().Matches(text)).Select(series => series.Value).Should().OnlyContain(series => recorded.Contains(series));
    }

    [Test]
    public void Dashboards_have_ids_of_their_own_units_and_only_the_provisioned_data_source()
    {
        var source = File.ReadAllText(MonitoringFiles.PathOf("grafana/provisioning/datasources/prometheus.yml"));

        Dashboards.All.Select(dashboard => dashboard.GetProperty("uid").GetString()).Should().OnlyHaveUniqueItems();
        foreach (var panel in Dashboards.All.SelectMany(dashboard => dashboard.GetProperty("panels").EnumerateArray()).Where(panel => panel.GetProperty("type").GetString() is not "row"))
        {
            source.Should().Contain($"uid: {panel.GetProperty("datasource").GetProperty("uid").GetString()}\n");
            (panel.GetProperty("type").GetString() is "table" || panel.GetProperty("fieldConfig").GetProperty("defaults").TryGetProperty("unit", out _)).Should().BeTrue("{0} has a unit", panel.GetProperty("title"));
        }
    }

    private static IEnumerable<string> Alerts() => Alert().Matches(RulesText).Select(rule => rule.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"- alert: (?<name>\w+)\n(?:(?! +- )(?! *\n).+\n)+")]
    private static partial Regex Alert();

    [GeneratedRegex(@"^## (?<name>Signaling\w+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"- record: (?<name>\S+)")]
    private static partial Regex Record();

    [GeneratedRegex(@"\bsignaling:\w+:\w+\b")]
    private static partial Regex Recorded();

    [GeneratedRegex(@"\b(signaling|process|dotnet|kestrel)_[a-z_]+\b")]
    private static partial Regex Metric();

    [GeneratedRegex("(_bucket|_count|_sum)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (counter|gauge|histogram) ", RegexOptions.Multiline)]
    private static partial Regex Documented();
}
