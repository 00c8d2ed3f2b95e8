using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signaling.Hub;
using Signaling.Lab.Proxies;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

/// <summary>A hub that lists one region, under another address than the page's.</summary>
[TestFixture]
internal sealed class RegionTests : BrowserTest
{
    private FaultProxy? _region;

    [TearDown]
    public async Task StopRegionAsync()
    {
        await _region!.DisposeAsync();
        _region = null;
    }

    protected override void Configure(SignalingOptions options)
    {
        // Options may be made more than once.
        _region ??= new FaultProxy(cancellation => FaultProxy.ConnectAsync(Hub.Address.Port, cancellation), new Uri("http://127.0.0.1/"));
        options.Regions = [new() { Name = options.Region, Url = _region.Url.ToString() }];
    }

    [Test]
    public async Task A_page_measures_and_uses_a_region_of_another_origin_and_remembers_it()
    {
        var page = await NewPersonAsync();
        var mina = await LobbyOf(page).JoinByLinkAsync("Mina", "math-101", "&regions=1");
        var jonas = await JoinAsync("Jonas");

        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));

        var url = _region!.Url.ToString().TrimEnd('/');
        (await page.EvaluateAsync<string>("callDebug.client.region.url")).Should().Be(url);
        (await page.EvaluateAsync<string>("Object.values(localStorage).join()")).Should().Contain(url);
    }

    [Test]
    public async Task A_peer_whose_region_cannot_be_reached_is_told_in_plain_words_while_the_call_goes_on()
    {
        var (minas, jonases) = (await NewPersonAsync(), await NewPersonAsync());
        await minas.RouteWebSocketAsync(new Regex("/signaling"), SayUnreachable);
        IWebSocketRoute? socket = null;
        var online = true;
        await jonases.RouteWebSocketAsync(new Regex("/signaling"), route =>
        {
            socket = route;
            if (Volatile.Read(ref online)) route.ConnectToServer();
            else _ = route.CloseAsync();
        });
        var mina = await LobbyOf(minas).JoinByLinkAsync("Mina", "math-101");
        await LobbyOf(jonases).JoinByLinkAsync("Jonas", "math-101");
        await mina.SeesMotionOfAsync("Jonas");
        var sign = mina.TileOf("Jonas").GetByRole(AriaRole.Img, new() { Name = "Their region cannot be reached" });

        Volatile.Write(ref online, false);
        await socket!.CloseAsync();
        await Expect(sign).ToBeVisibleAsync();
        await mina.SeesMotionOfAsync("Jonas");
        Volatile.Write(ref online, true);

        await Expect(sign).ToBeHiddenAsync();
    }

    /// <summary>What a hub says whose link to the other region is cut.</summary>
    private static void SayUnreachable(IWebSocketRoute page)
    {
        var hub = page.ConnectToServer();
        page.OnMessage(frame => hub.Send(frame.Text!));
        hub.OnMessage(frame => page.Send(frame.Text!.Replace("\"reconnecting\"", "\"unreachable\"", StringComparison.Ordinal)));
    }
}
