using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signaling.Tests.Browser.Pages;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

[TestFixture]
internal sealed class CallTests : BrowserTest
{
    [Test]
    public async Task Two_people_who_open_the_rooms_link_see_each_other_move()
    {
        var mina = await (await LobbyOf(await NewPersonAsync()).OpenAsync("math-101")).JoinAsync("Mina");
        var jonas = await (await LobbyOf(await NewPersonAsync()).OpenAsync("math-101")).JoinAsync("Jonas");

        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));

        await Expect(mina.TileOf("Jonas")).ToContainTextAsync(new Regex(@"\d+ ms"));
    }

    [Test]
    public async Task Three_people_form_a_mesh()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await JoinAsync("Jonas");
        var aiko = await JoinAsync("Aiko");

        await Task.WhenAll(
            mina.SeesMotionOfAsync("Jonas"), mina.SeesMotionOfAsync("Aiko"),
            jonas.SeesMotionOfAsync("Mina"), jonas.SeesMotionOfAsync("Aiko"),
            aiko.SeesMotionOfAsync("Mina"), aiko.SeesMotionOfAsync("Jonas"));
    }

    [Test]
    public async Task The_others_see_within_a_second_that_someone_left()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await JoinAsync("Jonas");
        await mina.SeesMotionOfAsync("Jonas");

        var gone = await mina.WatchTileAsync("Jonas");
        var left = await jonas.LeaveAsync();

        (await gone() - left).Should().BeLessThan(1_000);
        await Expect(jonas.Page.GetByRole(AriaRole.Heading, new() { Name = "You left the call" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_reload_leads_back_into_the_call_as_a_new_peer()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await (await LobbyOf(await NewPersonAsync()).OpenAsync("math-101")).JoinAsync("Jonas");
        await mina.SeesMotionOfAsync("Jonas");
        var before = await jonas.PeerIdAsync();

        await jonas.Page.ReloadAsync();

        var again = await CallPage.EnteredAsync(jonas.Page, "Jonas");
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), again.SeesMotionOfAsync("Mina"));
        (await again.PeerIdAsync()).Should().NotBe(before);
        await Expect(mina.TileOf("Jonas")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task A_shared_screen_takes_the_stage_and_gives_it_back()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await JoinAsync("Jonas");
        await mina.SeesMotionOfAsync("Jonas");

        await jonas.PressAsync("s");
        await Expect(mina.TileOf("Jonas is sharing")).ToBeVisibleAsync();
        await mina.Page.WaitForFunctionAsync("document.querySelector('.stage-screens video')?.videoWidth > 0");
        await jonas.PressAsync("s");

        await Expect(mina.TileOf("Jonas is sharing")).ToBeHiddenAsync();
        await mina.SeesMotionOfAsync("Jonas");
    }
}
