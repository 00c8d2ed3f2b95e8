using Signaling.Client.Channel;

namespace Signaling.Tests.Client.Channel;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReliableChannelTests
{
    private readonly ReliableChannel<string> channel = new();

    [Test]
    public void Over_any_network_each_signal_arrives_once_and_in_order_with_bounded_buffers()
    {
        Parallel.For(0, 2_500, seed =>
        {
            var network = new SimulatedNetwork(seed, NetworkFaults.From(seed));

            network.Run(signals: 30 + seed % 200).Should().BeTrue("everything comes to rest with seed {0}", seed);

            for (var end = 0; end < 2; end++)
            {
                network.Ends[end].Read.Should().Equal(network.Expected[end], "seed {0}", seed);
                network.Ends[end].MostHeld.Should().BeLessThanOrEqualTo(32, "seed {0}", seed);
                network.Ends[end].MostInFlight.Should().BeLessThanOrEqualTo(32, "seed {0}", seed);
            }
        });
    }

    [Test]
    public void At_most_256_signals_wait_or_are_in_flight()
    {
        for (var i = 0; i < 256; i++) channel.TryEnqueue($"{i}").Should().BeTrue();
        Take(0).Should().HaveCount(32);

        channel.TryEnqueue("one too many").Should().BeFalse();

        channel.Receive(null, 1, null, Deliver, 10);
        channel.TryEnqueue("room again").Should().BeTrue();
    }

    [Test]
    public void Eight_deliveries_are_acknowledged_at_once_and_fewer_after_50_ms()
    {
        for (var seq = 1; seq <= 7; seq++) channel.Receive(seq, null, "x", Deliver, 0);
        Take(49).Should().BeEmpty();
        channel.NextTimer.Should().Be(50);

        channel.Receive(8, null, "x", Deliver, 49);

        Take(49).Should().Equal(new Frame<string>(null, 8, null));
    }

    [TestCase(1, Description = "a duplicate")]
    [TestCase(3, Description = "a held one")]
    [TestCase(40, Description = "one beyond the window")]
    public void What_is_not_delivered_is_acknowledged_at_once(long seq)
    {
        channel.Receive(1, null, "x", Deliver, 0);
        Take(50);

        channel.Receive(seq, null, "y", Deliver, 60);

        Take(60).Should().Equal(new Frame<string>(null, 1, null));
    }

    [Test]
    public void The_time_out_doubles_until_an_acknowledgement_advances()
    {
        channel.TryEnqueue("a");
        Take(0);
        Take(1_000).Should().ContainSingle();
        channel.NextTimer.Should().Be(1_000 + 2_000);
        Take(3_000).Should().ContainSingle();
        channel.NextTimer.Should().Be(3_000 + 4_000);

        channel.Receive(null, 1, null, Deliver, 3_100);
        channel.TryEnqueue("b");
        Take(3_100);

        channel.NextTimer.Should().Be(3_100 + 1_000, "a signal that was sent twice is no sample");
    }

    [Test]
    public void The_time_out_follows_the_measured_round_trip()
    {
        channel.TryEnqueue("a");
        Take(0);
        channel.Receive(null, 1, null, Deliver, 200);
        channel.TryEnqueue("b");
        Take(200);

        channel.NextTimer.Should().Be(200 + 200 + 4 * 100);
    }

    [Test]
    public void An_acknowledgement_of_what_was_never_sent_is_ignored()
    {
        channel.TryEnqueue("a");
        Take(0);

        channel.Receive(null, long.MaxValue, null, Deliver, 10);

        channel.InFlight.Should().Be(1);
    }

    [Test]
    public void A_refused_signal_becomes_an_empty_one_that_the_receiver_does_not_see()
    {
        channel.TryEnqueue("bad");
        Take(0);

        channel.Refused(1);

        Take(1).Should().Equal(new Frame<string>(1, 0, null));
        var receiver = new ReliableChannel<string>();
        receiver.Receive(1, 0, null, _ => throw new AssertionException("There is nothing to deliver."), 2);
        receiver.NextTimer.Should().Be(52);
    }

    [Test]
    public void A_signal_can_be_numbered_for_the_room_only_when_it_would_wait_for_none()
    {
        for (var i = 0; i < 31; i++) channel.TryEnqueue($"{i}");
        channel.Reserve("behind others", 0).Should().BeNull();
        Take(0);

        channel.Reserve("last in the window", 0).Should().Be(32);

        channel.Reserve("beyond the window", 0).Should().BeNull();
    }

    [Test]
    public void What_the_app_has_no_room_for_is_not_acknowledged_until_it_has()
    {
        channel.Receive(1, 0, "a", _ => false, 0);
        Take(0).Should().Equal(new Frame<string>(null, 0, null));

        var delivered = new List<string>();
        channel.DeliverHeld(payload => { delivered.Add(payload); return true; }, 10);

        delivered.Should().Equal("a");
        Take(60).Should().Equal(new Frame<string>(null, 1, null));
    }

    private static bool Deliver(string payload) => true;

    private List<Frame<string>> Take(long now)
    {
        var frames = new List<Frame<string>>();
        while (channel.TryTakeNext(now, out var frame)) frames.Add(frame);
        return frames;
    }
}
