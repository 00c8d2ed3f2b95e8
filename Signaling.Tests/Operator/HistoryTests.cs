using Signaling.Hub.Operator.Console.History;
using Signaling.Hub.Operator.Console.Survey;
using Signaling.Hub.Operator.Console.Views;

namespace Signaling.Tests.Operator;

/// <summary>Counting in steps on a node, and adding up what several have counted.</summary>
internal sealed class HistoryTests
{
    private static readonly NodeCounts Counts = new(Connections: 5, Peers: 4, Reconnecting: 1, Rooms: 3, RoomsOfRegion: 2, RoomsOfService: 1);

    [Test]
    public void Quantiles_of_nodes_added_up_are_those_of_all_their_times_together()
    {
        var (fast, slow) = (new LiveBuckets(), new LiveBuckets());
        for (var i = 1; i <= 900; i++) fast.Add(TimeSpan.FromMicroseconds(i));
        for (var i = 901; i <= 1000; i++) slow.Add(TimeSpan.FromMicroseconds(i * 1000));
        var merged = new MergedBuckets();

        merged.Add(fast.Take());
        merged.Add(slow.Take());

        var quantiles = merged.Quantiles()!;
        quantiles.P50.Should().BeApproximately(0.5, 0.5 * 0.07);
        quantiles.P95.Should().BeApproximately(950, 950 * 0.07);
        quantiles.P99.Should().BeApproximately(990, 990 * 0.07);
    }

    [Test]
    public void Each_time_is_in_a_bucket_that_is_no_wider_than_an_eighth()
    {
        for (var microseconds = 1L; microseconds < 1L << 30; microseconds = (microseconds * 9 / 8) + 1)
        {
            var bucket = TimeScale.BucketOf(TimeSpan.FromMicroseconds(microseconds));
            var (beginning, end) = (TimeScale.BeginningOf(bucket) * 1000, TimeScale.BeginningOf(bucket + 1) * 1000);
            ((double)microseconds).Should().BeInRange(beginning, end);
            (end / beginning).Should().BeLessThanOrEqualTo(1.125 + 1e-9);
        }

        TimeScale.BucketOf(TimeSpan.Zero).Should().Be(0);
        TimeScale.BucketOf(TimeSpan.MaxValue).Should().Be(TimeScale.Buckets - 1);
    }

    [Test]
    public void Nothing_measured_is_no_quantile_and_what_cannot_be_understood_is_passed_over()
    {
        var merged = new MergedBuckets();
        merged.Quantiles().Should().BeNull();

        merged.Add([TimeScale.Buckets, 5, -1, 5, 3, -5, 7]);

        merged.Quantiles().Should().BeNull();
    }

    [Test]
    public void A_node_keeps_an_hour_and_each_step_counts_its_own()
    {
        var history = new HubHistory();
        for (var step = 0; step < 400; step++)
        {
            history.AddSignals(step);
            history.Relay.Add(TimeSpan.FromMilliseconds(1));
            history.AddAbnormalEnd();
            history.Close(1000 + step, Counts);
        }

        var kept = history.After(0);
        kept.Should().HaveCount(HubHistory.Steps);
        kept[^1].Should().BeEquivalentTo(new { Step = 1399, Signals = 399, Connections = 5, Peers = 4, Rooms = 2, AbnormalEnds = 1 });
        kept[^1].Relay.Should().Equal(TimeScale.BucketOf(TimeSpan.FromMilliseconds(1)), 1);
        history.After(1397).Select(sample => sample.Step).Should().Equal(1398, 1399);
    }

    [Test]
    public void The_steps_of_a_regions_nodes_are_added_up_and_each_is_given_once()
    {
        var merge = new HistoryMerge();

        var first = merge.Heard([Of("a", "kr", 10, 11), Of("b", "kr", 11), Of("c", "eu", 10)]);
        var second = merge.Heard([Of("a", "kr", 10, 11, 12), Of("c", "eu", 10)]);

        first.Regions.Select(region => region.Name).Should().Equal("eu", "kr");
        first.Regions[1].Points.Select(point => (point.At, point.Connections, point.SignalsPerSecond)).Should().Equal((HubHistory.EndOf(10), 1, 2.0), (HubHistory.EndOf(11), 2, 4.0));
        second.Regions.Should().ContainSingle().Which.Points.Should().ContainSingle().Which.At.Should().Be(HubHistory.EndOf(12));
        merge.GivenOf("kr").Should().Be(12);
        merge.GivenOf("eu").Should().Be(10);
        merge.GivenOf("us").Should().Be(0);
    }

    private static Answer Of(string instance, string region, params long[] steps) => new()
    {
        Instance = instance,
        Node = instance,
        Region = region,
        History = [.. steps.Select(step => new Sample { Step = step, Connections = 1, Signals = 20 })],
    };
}
