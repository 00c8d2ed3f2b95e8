using Signaling.LoadTest.Measuring;
using Signaling.LoadTest.Reports;

namespace Signaling.Tests.LoadTest;

[TestFixture]
internal sealed class HistogramTests
{
    [Test]
    public void Its_text_holds_every_value()
    {
        var times = new Times();
        var random = new Random(1);
        for (var i = 0; i < 100_000; i++) times.Record(TimeSpan.FromMicroseconds(Math.Exp(random.NextDouble() * 20)));
        var original = times.Snapshot();

        var decoded = HistogramText.Decode(HistogramText.Encode(original));

        decoded.TotalCount.Should().Be(100_000);
        decoded.RecordedValues().Select(step => (step.ValueIteratedTo, step.CountAtValueIteratedTo))
            .Should().Equal(original.RecordedValues().Select(step => (step.ValueIteratedTo, step.CountAtValueIteratedTo)));
    }

    [Test]
    public void Its_text_is_what_other_ports_of_HdrHistogram_read()
    {
        Reports.Times(1, 2, 3).Histogram.Should().StartWith("HISTF", "that is the cookie of the compressed V2 encoding in base 64");
    }

    [Test]
    public void A_sum_has_the_percentiles_of_all_values_together_and_not_their_mean()
    {
        var fast = Reports.Times([.. Enumerable.Repeat(1.0, 990)]);
        var slow = Reports.Times([.. Enumerable.Repeat(100.0, 10)]);

        var sum = fast.Add(slow);

        sum.Count.Should().Be(1000);
        sum.P50.Should().BeApproximately(1, 0.01);
        sum.P99.Should().BeApproximately(1, 0.01);
        sum.P999.Should().BeApproximately(100, 0.1);
        sum.Max.Should().BeApproximately(100, 0.1);
    }

    [Test]
    public void Without_values_there_are_no_percentiles_and_it_can_still_be_added()
    {
        var empty = Reports.Times();

        empty.P99.Should().BeNull();
        empty.Add(Reports.Times(5)).P50.Should().BeApproximately(5, 0.01);
    }

    [TestCase("")]
    [TestCase("not base 64")]
    [TestCase("AAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_histogram_is_refused(string text)
    {
        FluentActions.Invoking(() => HistogramText.Decode(text)).Should().Throw<FormatException>();
    }

    [Test]
    public void Times_beyond_its_range_count_at_its_ends()
    {
        var times = new Times();
        times.Record(TimeSpan.FromMilliseconds(-1));
        times.Record(TimeSpan.FromDays(1));

        times.Snapshot().TotalCount.Should().Be(2);
        times.PercentileMs(100).Should().BeGreaterThan(3_599_000);
    }
}
