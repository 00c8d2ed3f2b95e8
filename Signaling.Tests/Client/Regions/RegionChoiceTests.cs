using Signaling.Client.Regions;

namespace Signaling.Tests.Client.Regions;

internal sealed class RegionChoiceTests
{
    private static readonly Region Seoul = Of("seoul");
    private static readonly Region Tokyo = Of("tokyo");
    private static readonly Region Frankfurt = Of("frankfurt");

    private readonly RegionChoice _choice = new(TimeSpan.FromSeconds(60));

    [Test]
    public void The_nearest_is_the_one_that_answered_soonest()
    {
        Take(Seoul, 0, (Seoul, 40), (Tokyo, 30), (Frankfurt, 250));

        _choice.Nearest().Should().Be(Tokyo);
        _choice.Nearest(except: Tokyo).Should().Be(Seoul);
    }

    [Test]
    public void A_region_that_is_not_ready_is_not_chosen()
    {
        Take(Tokyo, 0, (Tokyo, 30));

        _choice.IsReady(Seoul).Should().BeFalse();
        _choice.Nearest(except: Tokyo).Should().BeNull();
    }

    [Test]
    public void A_region_is_the_better_one_only_after_it_was_so_all_the_time()
    {
        Take(Tokyo, 0, (Seoul, 5), (Tokyo, 35));
        Take(Tokyo, 59_999, (Seoul, 5), (Tokyo, 35));
        _choice.Steady(59_999).Should().BeNull();

        Take(Tokyo, 60_000, (Seoul, 5), (Tokyo, 35));

        _choice.Steady(60_000).Should().Be(Seoul);
    }

    [Test]
    public void One_bad_answer_begins_the_time_anew()
    {
        Take(Tokyo, 0, (Seoul, 5), (Tokyo, 35));
        Take(Tokyo, 30_000, (Tokyo, 35));
        Take(Tokyo, 40_000, (Seoul, 5), (Tokyo, 35));

        _choice.Steady(99_999).Should().BeNull();
        _choice.Steady(100_000).Should().Be(Seoul);
    }

    [TestCase(35, 28, false, Description = "7 ms are not worth it")]
    [TestCase(200, 170, false, Description = "neither is a seventh")]
    [TestCase(200, 150, true)]
    public void A_region_that_is_hardly_nearer_is_not_worth_a_move(int own, int other, bool worth)
    {
        Take(Tokyo, 0, (Seoul, other), (Tokyo, own));

        _choice.HasBetter.Should().Be(worth);
    }

    [Test]
    public void Any_region_that_is_ready_is_better_than_one_that_is_not()
    {
        Take(Tokyo, 0, (Frankfurt, 250));

        _choice.Steady(60_000).Should().Be(Frankfurt);
    }

    [Test]
    public void A_region_to_which_the_move_failed_has_to_prove_itself_again()
    {
        Take(Tokyo, 0, (Seoul, 5), (Tokyo, 35));
        _choice.Doubt();
        Take(Tokyo, 60_000, (Seoul, 5), (Tokyo, 35));

        _choice.Steady(60_000).Should().BeNull();
    }

    private static Region Of(string name) => Region.Of(new() { Name = name, Url = $"https://{name}.example.com" });

    private void Take(Region current, long now, params (Region Region, int Milliseconds)[] trips) =>
        _choice.Take(trips.ToDictionary(trip => trip.Region, trip => TimeSpan.FromMilliseconds(trip.Milliseconds)), current, now);
}
