using Signaling.Hub;
using Signaling.Hub.Regions;

namespace Signaling.Tests.Hub.Regions;

/// <summary>Lists of regions that contradict themselves end the start, with what is wrong.</summary>
internal sealed class RegionsValidatorTests
{
    private readonly RegionsValidator _validator = new();

    [Test]
    public void A_complete_list_is_fine_and_so_is_none()
    {
        _validator.Validate(null, Options()).Succeeded.Should().BeTrue();
        _validator.Validate(null, new SignalingOptions()).Succeeded.Should().BeTrue();
    }

    [Test]
    public void A_node_has_to_be_in_a_region_of_the_list() => Problem(options => options.Region = "tokyo").Should().Contain("own region, 'tokyo'");

    [Test]
    public void A_region_stands_there_once() => Problem(options => options.Regions.Add(options.Regions[1])).Should().Contain("lists 'frankfurt' twice");

    [Test]
    public void Several_regions_need_a_Redis_of_their_own() => Problem(options => options.Redis = null).Should().Contain("need Signaling:Redis");

    [TestCase(null, "is needed to reach the region 'frankfurt'")]
    [TestCase("ssl=true", "names no server")]
    [TestCase("redis.frankfurt.example.com,tls=maybe", "is no StackExchange.Redis configuration string")]
    public void The_others_can_be_reached(string? redis, string problem) =>
        Problem(options => options.Regions[1].Redis = redis).Should().Contain("Signaling:Regions:1:Redis").And.Contain(problem);

    private string Problem(Action<SignalingOptions> spoil)
    {
        var options = Options();
        spoil(options);
        return string.Join('\n', _validator.Validate(null, options).Failures ?? []);
    }

    private static SignalingOptions Options() => new()
    {
        Region = "seoul",
        Redis = "redis.seoul.example.com",
        Regions = [new() { Name = "seoul", Url = "https://seoul.example.com" }, new() { Name = "frankfurt", Url = "https://frankfurt.example.com", Redis = "redis.frankfurt.example.com" }],
    };
}
