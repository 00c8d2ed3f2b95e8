using Microsoft.Extensions.Time.Testing;
using Signaling.Hub.Regions.Links;

namespace Signaling.Tests.Hub.Regions;

/// <summary>What a node makes of the beats of another region: one a second, four seconds of patience, half a minute until it is given up.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FarRegionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FarRegion _region;

    public FarRegionTests() => _region = new(new RegionLinkOptions { Lease = TimeSpan.FromSeconds(30) }, _time);

    [Test]
    public void It_opens_with_the_first_beat_that_hears_us_over_a_link_that_is_up()
    {
        _region.Judge(isLinkUp: true).Should().Be(Verdict.Same);
        Beat(hearsUs: false).Should().Be(Verdict.Same);
        Beat(linkUp: false).Should().Be(Verdict.Same);

        Beat().Should().Be(Verdict.Opened);
        Beat().Should().Be(Verdict.Same);
    }

    [TestCase(false, true, true, TestName = "Nothing_is_heard")]
    [TestCase(true, false, true, TestName = "It_does_not_hear_us")]
    [TestCase(true, true, false, TestName = "Nothing_can_be_sent")]
    public void One_broken_direction_cuts_it_once_and_in_the_end_it_is_given_up_once(bool beats, bool hearsUs, bool linkUp)
    {
        Beat();
        List<Verdict> verdicts = [];
        for (var second = 0; second < 60; second++) verdicts.Add(beats ? Beat(hearsUs, linkUp) : Pass(linkUp));

        verdicts.Where(verdict => verdict is not Verdict.Same and not Verdict.NodesChanged).Should().Equal(Verdict.Cut, Verdict.Lost);
        verdicts.IndexOf(Verdict.Cut).Should().BeInRange(3, 7);
        verdicts.IndexOf(Verdict.Lost).Should().BeInRange(29, 33);
        _region.CanReach("n1").Should().BeFalse();
        _region.IsLost.Should().BeTrue();
    }

    [Test]
    public void A_link_that_comes_and_goes_stays_cut_until_it_has_held_for_a_while()
    {
        Beat();
        for (var second = 0; second < 8; second++) Pass();

        Beat().Should().Be(Verdict.Same);
        for (var second = 0; second < 4; second++) Pass().Should().NotBe(Verdict.Opened);
        Beat().Should().Be(Verdict.Same);
        Beat().Should().Be(Verdict.Same);
        Beat().Should().Be(Verdict.Opened);
    }

    [Test]
    public void A_region_that_was_given_up_returns()
    {
        Beat();
        for (var second = 0; second < 40; second++) Pass();

        Beat();
        Beat();
        Beat().Should().Be(Verdict.Returned);
        _region.IsLost.Should().BeFalse();
    }

    [Test]
    public void One_silent_node_is_cut_off_alone_and_a_new_one_can_be_reached_before_its_first_beat()
    {
        Beat();
        _region.Heard("n2", hearsUs: true, stamp: 0);
        for (var second = 0; second < 6; second++) Beat();

        _region.CanReach("n1").Should().BeTrue();
        _region.CanReach("n2").Should().BeFalse();
        _region.CanReach("n3").Should().BeTrue();
        _region.Nodes.Should().Equal("n1");
    }

    [Test]
    public void A_node_that_was_frozen_itself_holds_nothing_against_others()
    {
        Beat();
        _time.Advance(TimeSpan.FromMinutes(5));
        _region.Forgive();

        _region.Judge(isLinkUp: true).Should().Be(Verdict.Same);
        _region.CanReach("n1").Should().BeTrue();
    }

    private Verdict Beat(bool hearsUs = true, bool linkUp = true)
    {
        _region.Heard("n1", hearsUs, stamp: 0);
        return Pass(linkUp);
    }

    private Verdict Pass(bool linkUp = true)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _region.Judge(linkUp);
    }
}
