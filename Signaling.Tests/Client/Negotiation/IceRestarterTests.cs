using Microsoft.Extensions.Time.Testing;
using Signaling.Client;
using Signaling.Client.Negotiation;

namespace Signaling.Tests.Client.Negotiation;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class IceRestarterTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly List<bool> restarts = [];
    private IceRestarter restarter;
    private int surrenders;

    public IceRestarterTests() => restarter = New(polite: false);

    public void Dispose() => restarter.Dispose();

    [Test]
    public void A_failed_connection_is_restarted_at_once_then_after_growing_delays_and_after_eight_in_vain_given_up()
    {
        restarter.Changed(PeerConnectionState.Failed);
        restarts.Should().Equal(false);

        foreach (var (seconds, total) in new[] { (5.5, 2), (6.0, 3), (7.0, 4), (9.0, 5), (13.0, 6), (21.0, 7), (35.0, 8) })
        {
            Pass(seconds - 0.001);
            restarts.Should().HaveCount(total - 1, "the delay before restart {0} is not over", total);
            Pass(0.001);
            restarts.Should().HaveCount(total).And.Subject.Last().Should().BeTrue("the one before did not help");
        }

        surrenders.Should().Be(0);
        Pass(600);
        surrenders.Should().Be(1);
        restarts.Should().HaveCount(IceRestarter.MostTries);
    }

    [Test]
    public void It_goes_on_while_the_connection_tries_and_fails_again()
    {
        restarter.Changed(PeerConnectionState.Failed);

        restarter.Changed(PeerConnectionState.Connecting);
        restarter.Changed(PeerConnectionState.Failed);
        restarts.Should().HaveCount(1, "the first restart still has its time");
        Pass(5.5);

        restarts.Should().HaveCount(2);
    }

    [Test]
    public void It_ends_when_the_connection_holds_and_begins_anew_with_the_next_failure()
    {
        restarter.Changed(PeerConnectionState.Failed);
        Pass(5.5);

        restarter.Changed(PeerConnectionState.Connected);
        Pass(120);
        restarts.Should().HaveCount(2);

        restarter.Changed(PeerConnectionState.Failed);
        Pass(5.5);
        restarts.Should().Equal([false, true, false, true], "the delay is the first one again");
    }

    [Test]
    public void A_path_that_comes_back_by_itself_within_3_s_needs_no_restart_a_longer_loss_does()
    {
        restarter.Changed(PeerConnectionState.Disconnected);
        Pass(2.999);
        restarter.Changed(PeerConnectionState.Connected);
        Pass(60);
        restarts.Should().BeEmpty();

        restarter.Changed(PeerConnectionState.Disconnected);
        Pass(3);

        restarts.Should().HaveCount(1);
    }

    [Test]
    public void A_failure_cuts_the_wait_for_a_lost_path_short()
    {
        restarter.Changed(PeerConnectionState.Disconnected);
        Pass(0.1);
        restarter.Changed(PeerConnectionState.Failed);

        restarts.Should().HaveCount(1);
    }

    [Test]
    public void The_polite_side_lets_the_other_go_first_and_follows_when_nothing_has_come_of_it()
    {
        restarter = New(polite: true);
        restarter.Changed(PeerConnectionState.Failed);
        Pass(2.499);
        restarts.Should().BeEmpty();

        Pass(0.001);

        restarts.Should().HaveCount(1);
    }

    [Test]
    public void A_restart_of_the_other_side_gets_its_time()
    {
        restarter = New(polite: true);
        restarter.Changed(PeerConnectionState.Failed);
        Pass(1);
        restarter.OtherRestarted();
        Pass(5.499);
        restarts.Should().BeEmpty();

        Pass(0.001);

        restarts.Should().Equal(true);
    }

    [Test]
    public void A_restart_of_the_other_side_of_a_connection_that_holds_sets_nothing_off()
    {
        restarter.Changed(PeerConnectionState.Connected);
        restarter.OtherRestarted();
        Pass(60);

        restarts.Should().BeEmpty();
    }

    [Test]
    public void A_change_of_the_network_restarts_at_once_on_the_polite_side_too_once_for_a_burst_of_changes()
    {
        restarter = New(polite: true);
        restarter.Changed(PeerConnectionState.Connected);
        restarter.NetworkChanged();
        restarts.Should().HaveCount(1);

        restarter.NetworkChanged();
        restarter.NetworkChanged();
        Pass(0.999);
        restarts.Should().HaveCount(1);
        Pass(0.001);
        restarts.Should().HaveCount(2);

        Pass(60);
        restarts.Should().HaveCount(2);
    }

    [Test]
    public void A_change_of_the_network_is_nothing_to_a_connection_that_has_not_begun()
    {
        restarter.NetworkChanged();
        Pass(60);

        restarts.Should().BeEmpty();
    }

    [Test]
    public void A_path_that_is_lost_soon_after_the_connection_to_the_hub_was_cut_is_restarted_without_a_wait_once()
    {
        restarter.Changed(PeerConnectionState.Connected);
        restarter.Resumed();
        Pass(15);
        restarter.Changed(PeerConnectionState.Disconnected);
        restarts.Should().HaveCount(1);

        restarter.Changed(PeerConnectionState.Connected);
        restarter.Changed(PeerConnectionState.Disconnected);
        restarts.Should().HaveCount(1);
    }

    [Test]
    public void After_it_was_given_up_a_change_of_the_network_or_the_return_of_the_peer_begins_anew()
    {
        restarter.Changed(PeerConnectionState.Failed);
        GiveUp();
        restarter.PeerReturned();
        restarts.Should().HaveCount(9);
        GiveUp();
        restarter.NetworkChanged();

        restarts.Should().HaveCount(17);
    }

    [Test]
    public void Closed_or_disposed_it_restarts_nothing()
    {
        restarter.Changed(PeerConnectionState.Closed);
        restarter.Restart();
        restarter.Changed(PeerConnectionState.Failed);
        restarter.Dispose();
        restarter.Restart();
        restarter.Changed(PeerConnectionState.Failed);
        Pass(120);

        restarts.Should().HaveCount(1, "it failed once before disposal");
    }

    private IceRestarter New(bool polite) => new(polite, restarts.Add, () => surrenders++, time, new FullJitterReconnectPolicy(() => 1));

    private void Pass(double seconds) => time.Advance(TimeSpan.FromSeconds(seconds));

    private void GiveUp()
    {
        for (var i = 0; i < IceRestarter.MostTries; i++) Pass(60);
    }
}
