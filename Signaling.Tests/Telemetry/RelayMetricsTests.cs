using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Tests.Telemetry;

internal sealed class RelayMetricsTests
{
    [TestCase(true)]
    [TestCase(false)]
    public void Counting_a_signal_allocates_nothing(bool enabled)
    {
        var metrics = new RelayMetrics(new MetricsRegistry(Options.Create(new SignalingOptions { Metrics = { Enabled = enabled } })), TimeProvider.System);
        var signal = new Signal { Room = "math-101", To = "p2", Description = new SessionDescription { Type = SdpType.Offer, Sdp = "v=0" } };
        Count(100); // Once for all.

        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(10_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);

        void Count(int times)
        {
            for (var i = 0; i < times; i++)
            {
                metrics.Relayed(signal, SignalPath.Local, metrics.Now);
                metrics.Delivered(metrics.Now);
            }
        }
    }
}
