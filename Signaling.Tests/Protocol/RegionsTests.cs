using System.Net;
using System.Text.Json;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Protocol;

/// <summary>What a client asks before it connects, from pages of any origin.</summary>
internal sealed class RegionsTests
{
    private static readonly HttpClient Http = new();

    [Test]
    public async Task Pages_of_every_origin_may_read_which_regions_there_are()
    {
        await using var hub = await InProcessHub.StartAsync(options =>
        {
            options.Region = "seoul";
            options.Regions = [new() { Name = "seoul", Url = "https://seoul.example.com" }];
        });

        using var answer = await Http.GetAsync(new Uri(hub.Address, "regions"));

        ShouldBeForEveryPage(answer);
        JsonElement.Parse(await answer.Content.ReadAsStringAsync()).ToString()
            .Should().Be("""{"current":"seoul","regions":[{"name":"seoul","url":"https://seoul.example.com"}]}""");
    }

    [Test]
    public async Task Pages_of_every_origin_may_read_whether_a_region_takes_connections()
    {
        await using var hub = await InProcessHub.StartAsync();

        using var ready = await Http.GetAsync(new Uri(hub.Address, "health/ready"));
        _ = hub.DrainAsync();
        using var drained = await Http.GetAsync(new Uri(hub.Address, "health/ready"));

        (ready.StatusCode, drained.StatusCode).Should().Be((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable));
        ShouldBeForEveryPage(ready);
        ShouldBeForEveryPage(drained);
        (await ready.Content.ReadAsStringAsync()).Should().Be("Healthy");
    }

    private static void ShouldBeForEveryPage(HttpResponseMessage answer)
    {
        answer.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
    }
}
