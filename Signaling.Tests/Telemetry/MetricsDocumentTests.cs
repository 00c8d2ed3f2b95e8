using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Signaling.Hub.Telemetry.Metrics;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Telemetry;

/// <summary><c>docs/metrics.md</c> against the metrics of a hub, and those against the rules of Prometheus.</summary>
internal sealed partial class MetricsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "metrics.md")).ReplaceLineEndings("\n");

    private InProcessHub _hub = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _hub = await InProcessHub.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [Test]
    public void Each_metric_has_a_row_with_its_type_labels_meaning_and_use_and_there_are_no_others()
    {
        var rows = Row().Matches(Document).Select(row => (row.Groups["name"].Value, row.Groups["type"].Value, row.Groups["labels"].Value, row.Groups["help"].Value));

        rows.Should().BeEquivalentTo(Registry.All.Select(family => (family.Name, family.Type, string.Join(", ", family.Labels.Select(label => $"`{label}`")), family.Help)));
    }

    [Test]
    public async Task Each_metric_is_in_the_first_scrape_and_there_are_no_others()
    {
        var scrape = await Scrape.OfAsync(_hub.Address);

        scrape.Families.Should().BeEquivalentTo(Registry.All.Select(family => (family.Name, family.Type, family.Help)));
    }

    [Test]
    public async Task Labels_are_those_that_are_listed()
    {
        var scrape = await Scrape.OfAsync(_hub.Address);

        foreach (var series in scrape.Series)
        {
            var name = series.Split('{')[0];
            var family = Registry.All.First(family => family.Name == name || (family.Type is "histogram" && name.StartsWith(family.Name + "_", StringComparison.Ordinal)));
            Label().Matches(series).Select(label => label.Groups["name"].Value).Where(label => label is not "le").Should().Equal(family.Labels, "that is how {0} is listed", series);
        }
    }

    [Test]
    public void Names_end_with_their_unit_and_histograms_of_times_can_show_100_ms()
    {
        foreach (var family in Registry.All.Where(family => family.Name.StartsWith("signaling_", StringComparison.Ordinal)))
        {
            (family.Type is "counter").Should().Be(family.Name.EndsWith("_total", StringComparison.Ordinal), "{0} is a {1}", family.Name, family.Type);
        }

        foreach (var buckets in new[] { MetricBuckets.Inside, MetricBuckets.RoundTrip, MetricBuckets.SetUp })
        {
            buckets.Should().BeInAscendingOrder().And.Contain(0.1);
            buckets.Count(bound => bound < 0.01).Should().BeGreaterThan(1);
        }
    }

    private MetricsRegistry Registry => _hub.Services.GetRequiredService<MetricsRegistry>();

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (?<type>counter|gauge|histogram) \| (?<labels>[^|]*?) ?\| (?<help>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""(?<name>[a-z_]+)="[^"]*"[,}]""")]
    private static partial Regex Label();
}
