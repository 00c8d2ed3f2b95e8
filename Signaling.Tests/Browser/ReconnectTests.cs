using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

[TestFixture]
internal sealed class ReconnectTests : BrowserTest
{
    [Test]
    public async Task A_lost_socket_is_told_and_the_call_goes_on_when_it_is_back()
    {
        var page = await NewPersonAsync();
        IWebSocketRoute? socket = null;
        var online = true;
        await page.RouteWebSocketAsync(new Regex("/signaling"), route =>
        {
            socket = route;
            if (Volatile.Read(ref online)) route.ConnectToServer();
            else _ = route.CloseAsync();
        });
        var mina = await JoinAsync("Mina");
        var jonas = await LobbyOf(page).JoinByLinkAsync("Jonas", "math-101");
        await mina.SeesMotionOfAsync("Jonas");
        var before = await jonas.PeerIdAsync();

        Volatile.Write(ref online, false);
        await socket!.CloseAsync();
        await Expect(jonas.Banner).ToBeVisibleAsync();
        await Expect(mina.TileOf("Jonas").GetByRole(AriaRole.Img, new() { Name = "Reconnecting" })).ToBeVisibleAsync();
        await mina.SeesMotionOfAsync("Jonas");
        Volatile.Write(ref online, true);

        await Expect(jonas.Banner).ToBeHiddenAsync();
        await Expect(mina.TileOf("Jonas").GetByRole(AriaRole.Img, new() { Name = "Reconnecting" })).ToBeHiddenAsync();
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        (await jonas.PeerIdAsync()).Should().Be(before);
    }
}
