using Microsoft.Extensions.Time.Testing;
using Signaling.Client;
using Signaling.Client.Negotiation;

namespace Signaling.Tests.Client.Negotiation;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class IceRestarterTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly IceRestarter restarter;
    private int restarts;

    public IceRestarterTests() => restarter = new(() => restarts++, time, new FullJitterReconnectPolicy(() => 1));

    public void Dispose() => restarter.Dispose();

    [Test]
    public void A_failed_connection_is_restarted_at_once_then_after_growing_delays()
    {
        restarter.Changed(PeerConnectionState.Failed);
        restarts.Should().Be(1);

        foreach (var (seconds, total) in new[] { (5.5, 2), (6.0, 3), (7.0, 4), (9.0, 5) })
        {
            time.Advance(TimeSpan.FromSeconds(seconds - 0.001));
            restarts.Should().Be(total - 1, "the delay before restart {0} is not over", total);
            time.Advance(TimeSpan.FromSeconds(0.001));
            restarts.Should().Be(total);
        }
    }

    [Test]
    public void It_goes_on_while_the_connection_tries_and_fails_again()
    {
        restarter.Changed(PeerConnectionState.Failed);

        restarter.Changed(PeerConnectionState.Connecting);
        restarter.Changed(PeerConnectionState.Failed);
        restarts.Should().Be(1, "the first restart still has its time");
        time.Advance(TimeSpan.FromSeconds(5.5));

        restarts.Should().Be(2);
    }

    [TestCase(PeerConnectionState.Connected)]
    [TestCase(PeerConnectionState.Closed)]
    public void It_ends_when_the_connection_holds_or_is_closed_and_begins_anew_with_the_next_failure(PeerConnectionState end)
    {
        restarter.Changed(PeerConnectionState.Failed);
        time.Advance(TimeSpan.FromSeconds(5.5));

        restarter.Changed(end);
        time.Advance(TimeSpan.FromMinutes(2));
        restarts.Should().Be(2);

        restarter.Changed(PeerConnectionState.Failed);
        time.Advance(TimeSpan.FromSeconds(5.5));
        restarts.Should().Be(4, "the delay is the first one again");
    }

    [Test]
    public void Disposed_it_restarts_nothing()
    {
        restarter.Changed(PeerConnectionState.Failed);

        restarter.Dispose();
        restarter.Changed(PeerConnectionState.Failed);
        time.Advance(TimeSpan.FromMinutes(2));

        restarts.Should().Be(1);
    }
}
