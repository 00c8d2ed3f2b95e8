using Microsoft.Extensions.Time.Testing;
using Signaling.Hub.Ice.Health;

namespace Signaling.Tests.Ice;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class UrlHealthTests
{
    private static readonly TimeSpan ReturnAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(7);

    private readonly FakeTimeProvider _time = new();
    private readonly UrlHealth _health;

    public UrlHealthTests() => _health = new UrlHealth(ReturnAfter, _time);

    [Test]
    public void One_failure_is_none_yet()
    {
        _health.Failed("down").Should().BeFalse();
        _health.IsDoubtful.Should().BeTrue();
        _health.Succeeded(RoundTrip).Should().BeFalse("it was never away");
        _health.Failed("down").Should().BeFalse("the two failures do not follow one another");

        _health.IsWell.Should().BeTrue();
    }

    [Test]
    public void Two_failures_in_a_row_take_it_away()
    {
        _health.Failed("down");

        _health.Failed("down").Should().BeTrue();
        _health.Failed("still down").Should().BeFalse("it is away already");

        _health.Now.Should().BeEquivalentTo(new { IsWell = false, Problem = "still down" });
    }

    [Test]
    public void It_returns_after_it_was_well_long_enough_without_a_failure()
    {
        _health.Failed("down");
        _health.Failed("down");

        _health.Succeeded(RoundTrip).Should().BeFalse();
        _time.Advance(ReturnAfter - TimeSpan.FromSeconds(1));
        _health.Failed("down").Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(2));
        _health.Succeeded(RoundTrip).Should().BeFalse("the failure has set it back");
        _time.Advance(ReturnAfter);
        _health.Succeeded(RoundTrip).Should().BeTrue();

        _health.Now.Should().BeEquivalentTo(new { IsWell = true, Problem = (string?)null, RoundTrip });
    }

    [Test]
    public void Complaints_take_it_away_until_a_good_probe_which_brings_it_back_at_once()
    {
        _health.Succeeded(RoundTrip);

        _health.Suspect().Should().BeTrue();
        _health.IsWell.Should().BeFalse();
        _health.Suspicion.IsCompleted.Should().BeTrue();

        _health.Succeeded(RoundTrip).Should().BeTrue();
        _health.IsWell.Should().BeTrue();
        _health.Suspicion.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void A_failed_probe_confirms_complaints_at_once()
    {
        _health.Suspect();

        _health.Failed("down").Should().BeTrue();
        _health.Succeeded(RoundTrip).Should().BeFalse("it has to stay well now");

        _health.IsWell.Should().BeFalse();
    }
}
