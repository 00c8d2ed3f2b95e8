using Signaling.LoadTest.Reports;

namespace Signaling.Tests.LoadTest;

[TestFixture]
internal sealed class ReportTests
{
    private string _path = "";

    [SetUp]
    public void Choose() => _path = Path.GetTempFileName();

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public void A_report_survives_its_file()
    {
        var report = Reports.Sample() with
        {
            LatencyMs = Reports.Times(1, 2, 3),
            Errors = new SortedDictionary<string, long> { ["room-full"] = 2 },
            Incidents = [new IncidentReport("lost", "r", "a", "b", 3)],
        };

        ReportFile.Write(_path, report);

        ReportFile.Read(_path).Should().BeEquivalentTo(report);
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[1]")]
    public void What_is_no_report_is_refused_by_its_name(string text)
    {
        File.WriteAllText(_path, text);

        FluentActions.Invoking(() => ReportFile.Read(_path)).Should().Throw<ReportFileException>().WithMessage($"*{_path}*");
    }

    [Test]
    public void A_sum_adds_counters_errors_and_histograms_and_keeps_the_longest_time()
    {
        var one = Reports.Sample() with { LatencyMs = Reports.Times(1, 1), Errors = new() { ["closed"] = 1, ["room-full"] = 2 } };
        var other = Reports.Sample() with
        {
            LatencyMs = Reports.Times(9),
            Errors = new() { ["room-full"] = 3 },
            Seconds = new TimesReport(5, 10, 1),
            AbnormalDisconnects = 4,
        };

        var sum = ReportSum.Of([one, other]);

        sum.Processes.Should().Be(2);
        sum.Peers.Connected.Should().Be(20);
        sum.Signals.Sent.Should().Be(200);
        sum.AbnormalDisconnects.Should().Be(4);
        sum.LatencyMs.Count.Should().Be(3);
        sum.LatencyMs.Max.Should().BeApproximately(9, 0.01);
        sum.Errors.Should().Equal(new Dictionary<string, long> { ["closed"] = 1, ["room-full"] = 5 });
        sum.Seconds.Should().Be(new TimesReport(5, 30, 1));
    }

    [TestCase(10, 20, "▲", false)]
    [TestCase(20, 10, "▼", true)]
    [TestCase(10, 10, "=", null)]
    public void A_comparison_tells_direction_and_whether_it_is_better(double before, double now, string arrow, bool? better)
    {
        var earlier = Reports.Sample() with { LatencyMs = Reports.Times(1) with { P99 = before } };
        var later = Reports.Sample() with { LatencyMs = Reports.Times(1) with { P99 = now } };

        var row = Comparison.Of(earlier, later).Single(comparison => comparison.Metric.Name == "latencyMs.p99");

        row.Ratio.Should().Be(now / before);
        row.Arrow.Should().Be(arrow);
        row.IsImprovement.Should().Be(better);
    }

    [Test]
    public void A_comparison_leaves_out_what_one_of_the_two_has_not_measured()
    {
        var rows = Comparison.Of(Reports.Sample(), Reports.Sample() with { LatencyMs = Reports.Times(1) });

        rows.Should().NotContain(row => row.Metric.Name.StartsWith("latencyMs", StringComparison.Ordinal));
    }
}
