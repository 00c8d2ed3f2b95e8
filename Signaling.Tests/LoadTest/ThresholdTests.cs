using Signaling.LoadTest.Reports;

namespace Signaling.Tests.LoadTest;

[TestFixture]
internal sealed class ThresholdTests
{
    [TestCase("p99<20ms", 19.9, true)]
    [TestCase("p99<20ms", 20, false)]
    [TestCase("p99<20", 19.9, true)]
    [TestCase("p99<=0.02s", 20, true)]
    [TestCase("p99 < 500us", 0.4, true)]
    [TestCase("p99<500µs", 0.6, false)]
    [TestCase("latencyMs.p99>=20ms", 20, true)]
    [TestCase("P99>20ms", 20, false)]
    [TestCase("p99!=20ms", 20, false)]
    public void A_bound_on_a_time_understands_units_and_comparisons(string text, double p99, bool holds)
    {
        var report = Reports.Sample() with { LatencyMs = Reports.Times() with { P99 = p99 } };

        Threshold.Parse(text).Judge(report).Should().Be(new Verdict(text, p99, holds));
    }

    [TestCase("lost=0", 0, true)]
    [TestCase("lost==0", 1, false)]
    [TestCase("signals.lost<1", 1, false)]
    public void A_bound_on_a_count_takes_either_name_of_its_metric(string text, long lost, bool holds)
    {
        var report = Reports.Sample() with { Signals = Reports.Signals() with { Lost = lost } };

        Threshold.Parse(text).Judge(report).Holds.Should().Be(holds);
    }

    [Test]
    public void What_was_not_measured_breaks_its_threshold()
    {
        Threshold.Parse("p99<20ms").Judge(Reports.Sample()).Should().Be(new Verdict("p99<20ms", null, false));
    }

    [TestCase("p98<20ms", "p98")]
    [TestCase("p99", "p99<20ms")]
    [TestCase("p99<", "p99<20ms")]
    [TestCase("lost=0ms", "ms")]
    [TestCase("p99<20/s", "/s")]
    [TestCase("", "p99<20ms")]
    public void What_is_no_threshold_is_refused_with_a_hint(string text, string hint)
    {
        FluentActions.Invoking(() => Threshold.Parse(text)).Should().Throw<FormatException>().WithMessage($"*{hint}*");
    }
}
