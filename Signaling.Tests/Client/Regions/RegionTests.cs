using Signaling.Client;

namespace Signaling.Tests.Client.Regions;

internal sealed class RegionTests : RegionFixture
{
    [Test]
    public async Task A_client_connects_to_the_nearest_region()
    {
        var client = Client();
        var changes = Regions(client);

        var room = await client.JoinRoomAsync("math-101");

        room.Region.Should().Be("near");
        (await changes.NextAsync()).Should().Be(new RegionChange(null, Near.Region));
        (client.Region, client.NearestRegion).Should().Be((Near.Region, Near.Region));
    }

    [Test]
    public async Task A_region_that_is_not_ready_is_passed_over()
    {
        Near.IsReady = false;

        (await Client().JoinRoomAsync("math-101")).Region.Should().Be("far");
    }

    [Test]
    public async Task One_URL_is_enough_where_the_hub_lists_the_regions()
    {
        Far.Regions = [Near.Region, Far.Region];
        var client = Client(options => new(Far.Url, options), options => options.DiscoverRegions = true);

        (await client.JoinRoomAsync("math-101")).Region.Should().Be("near");
    }

    [Test]
    public async Task A_hub_that_lists_nothing_is_used_as_it_is()
    {
        var client = Client(options => new(Far.Url, options), options => options.DiscoverRegions = true);

        (await client.JoinRoomAsync("math-101")).Region.Should().Be("far");
        client.Region.Should().Be(Far.Region);
    }

    [Test]
    public async Task One_URL_alone_is_never_probed()
    {
        var client = Client(options => new(Near.Url, options));

        (await client.JoinRoomAsync("math-101")).Region.Should().Be("near");

        client.Region.Should().Be(Near.Region);
        Near.Asked.Seen.Should().Be(0);
    }

    [Test]
    public async Task A_preferred_region_is_connected_to_before_anything_is_measured()
    {
        var client = Client(options =>
        {
            options.PreferredRegion = Far.Region;
            options.ReturnToNearest = RegionReturn.Never;
        });

        (await client.JoinRoomAsync("math-101")).Region.Should().Be("far");

        (Near.Asked.Seen + Far.Asked.Seen).Should().Be(0);
    }

    [Test]
    public async Task A_client_whose_preferred_region_is_no_longer_the_nearest_learns_of_it()
    {
        var client = Client(options => options.PreferredRegion = Far.Region);
        var changes = Regions(client);

        await client.JoinRoomAsync("math-101");

        (await changes.NextAsync()).Current.Should().Be(Far.Region);
        (await changes.NextAsync()).Should().Be(new RegionChange(Far.Region, Near.Region));
        client.NearestRegion.Should().Be(Near.Region);
    }

    [Test]
    public async Task A_preferred_region_that_is_gone_does_not_keep_a_client_from_the_others()
    {
        Near.Regions = [Near.Region];
        var gone = Far.Region;
        await Far.DisposeAsync();
        var client = Client(options => new(Near.Url, options), options => (options.DiscoverRegions, options.PreferredRegion) = (true, gone));

        (await client.JoinRoomAsync("math-101").WaitAsync(TimeSpan.FromSeconds(20))).Region.Should().Be("near");
    }

    [Test]
    public void A_list_of_regions_has_at_least_one_and_only_absolute_URLs()
    {
        ((Func<SignalingClient>)(() => new([]))).Should().Throw<ArgumentException>();
        ((Func<SignalingClient>)(() => new([new() { Name = "seoul", Url = "/seoul" }]))).Should().Throw<ArgumentException>().WithMessage("*seoul*");
    }
}
