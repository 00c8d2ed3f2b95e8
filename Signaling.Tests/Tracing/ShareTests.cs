using System.Diagnostics;
using Microsoft.Extensions.Options;
using Signaling.Hub;
using Signaling.Hub.Telemetry.Tracing;

namespace Signaling.Tests.Tracing;

/// <summary>How many traces a node keeps, and that another one keeps the same.</summary>
internal sealed class ShareTests
{
    private const int Count = 20_000;

    private StartedSpans _listener = null!;

    [SetUp]
    public void Listen() => _listener = new(ActivitySamplingResult.None);

    [TearDown]
    public void StopListening() => _listener.Dispose();

    [TestCase(0)]
    [TestCase(0.01)]
    [TestCase(0.25)]
    [TestCase(1)]
    public void Of_the_traces_that_begin_at_the_hub_the_share_is_kept(double share)
    {
        var sampling = SamplingOf(share, followClients: true);

        var kept = Enumerable.Range(0, Count).Count(_ => sampling.Keeps(null, out var _));

        var deviation = Math.Sqrt(Count * share * (1 - share));
        ((double)kept).Should().BeApproximately(Count * share, 6 * deviation);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void What_one_node_keeps_the_next_one_keeps(bool followClients)
    {
        var (one, next) = (SamplingOf(0.25, followClients), SamplingOf(0.25, followClients));

        foreach (var id in Enumerable.Range(0, Count).Select(_ => one.Keeps(null, out var parent) ? parent.TraceId : default).Where(id => id != default))
        {
            next.Keeps($"00-{id}-00f067aa0ba902b7-01", out var parent).Should().BeTrue();
            parent.IsRemote.Should().BeTrue();
        }
    }

    [Test]
    public void Where_clients_do_not_decide_the_share_holds_for_their_traces_too()
    {
        var sampling = SamplingOf(0.25, followClients: false);

        var kept = Enumerable.Range(0, Count).Count(_ => sampling.Keeps($"00-{ActivityTraceId.CreateRandom()}-00f067aa0ba902b7-01", out var _));

        kept.Should().BeCloseTo(Count / 4, 400);
    }

    private static Sampling SamplingOf(double share, bool followClients)
    {
        var options = new SignalingOptions();
        (options.Tracing.Endpoint, options.Tracing.Sample, options.Tracing.FollowClients) = ("http://localhost:4317", share, followClients);
        return new(Options.Create(options));
    }
}
