using Microsoft.Playwright;
using Signaling.Tests.Browser.Pages;
using Signaling.Tests.Faults.Regions;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>A call between pages that are in different regions, whose link breaks.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RegionCallTests : IAsyncDisposable
{
    private readonly People _people = new();
    private RegionSet _regions = null!;

    [SetUp]
    public async Task StartAsync() => _regions = await RegionSet.StartAsync(new()
    {
        Delay = TimeSpan.FromMilliseconds(117), // Seoul and Frankfurt are some 235 ms apart, there and back.
        Settings = new Dictionary<string, string> { ["Signaling__Page__Folder"] = CallPageFolder.Find() },
    });

    public async ValueTask DisposeAsync()
    {
        await _people.DisposeAsync();
        if (_regions is not null) await _regions.DisposeAsync();
    }

    [Test]
    public async Task A_call_goes_on_while_the_regions_are_cut_off_from_each_other_and_is_renegotiated_afterwards()
    {
        var (mina, jonas) = (await JoinAsync("Mina", "seoul"), await JoinAsync("Jonas", "frankfurt"));
        await SeeEachOtherAsync(mina, jonas);
        await Task.WhenAll(mina.WatchCallAsync("Jonas"), jonas.WatchCallAsync("Mina"));

        _regions.Cut();
        await Task.WhenAll(Expect(CutOff(mina, "Jonas")).ToBeVisibleAsync(), Expect(CutOff(jonas, "Mina")).ToBeVisibleAsync());
        await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
        await SeeEachOtherAsync(mina, jonas);
        await jonas.PressAsync("s"); // Shares the screen: an offer that waits for the link.
        _regions.Heal();

        await Task.WhenAll(Expect(CutOff(mina, "Jonas")).ToBeHiddenAsync(), Expect(CutOff(jonas, "Mina")).ToBeHiddenAsync());
        await Expect(mina.TileOf("Jonas is sharing")).ToBeVisibleAsync();
        await mina.Page.WaitForFunctionAsync("document.querySelector('.stage-screens video')?.videoWidth > 0");
        await SeeEachOtherAsync(mina, jonas);
        foreach (var page in new[] { mina, jonas })
        {
            var seen = await page.SeenAsync();
            seen.Losses.Should().BeSubsetOf(["the tile went"], "that is the shared screen, which takes the stage");
            seen.Disconnections.Should().Be(0, "nothing was wrong inside a region");
        }
    }

    [Test]
    public async Task Two_who_each_saw_the_other_come_get_their_call()
    {
        _regions.Cut();
        var (mina, jonas) = (await JoinAsync("Mina", "seoul"), await JoinAsync("Jonas", "frankfurt"));

        _regions.Heal();

        await SeeEachOtherAsync(mina, jonas);
    }

    private static ILocator CutOff(CallPage page, string name) =>
        page.TileOf(name).GetByRole(AriaRole.Img, new() { Name = "Their region cannot be reached" });

    private static Task SeeEachOtherAsync(CallPage mina, CallPage jonas) => Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));

    private async Task<CallPage> JoinAsync(string name, string region) =>
        await new LobbyPage(await _people.NewPersonAsync(), _regions[region].Nodes[0].Address).JoinByLinkAsync(name, "math-101");
}
