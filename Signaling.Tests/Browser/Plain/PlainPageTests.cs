using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace Signaling.Tests.Browser.Plain;

/// <summary>PROTOCOL.md is enough: a page written from it alone calls a page that uses our client.</summary>
[TestFixture]
internal sealed class PlainPageTests : BrowserTest
{
    [Test]
    public async Task A_plain_page_that_joins_calls_who_is_there()
    {
        var mina = await JoinAsync("Mina");
        var plain = new PlainPage(await NewPersonAsync(), Hub.Address);
        await plain.JoinAsync("math-101", "Plain");

        await Task.WhenAll(plain.SeesMotionAsync(), plain.HearsAsync(), mina.SeesMotionOfAsync("Plain"));
    }

    [Test]
    public async Task A_plain_page_that_was_there_is_called()
    {
        var plain = new PlainPage(await NewPersonAsync(), Hub.Address);
        await plain.JoinAsync("math-101", "Plain");
        var mina = await JoinAsync("Mina");

        await Task.WhenAll(plain.SeesMotionAsync(), plain.HearsAsync(), mina.SeesMotionOfAsync("Plain"));
    }

    [Test]
    public async Task They_chat_renegotiate_and_see_each_other_leave()
    {
        var mina = await JoinAsync("Mina");
        var plain = new PlainPage(await NewPersonAsync(), Hub.Address);
        await plain.JoinAsync("math-101", "Plain");
        await Task.WhenAll(plain.SeesMotionAsync(), mina.SeesMotionOfAsync("Plain"));

        await mina.OpenChatAsync();
        await mina.SayAsync("hello, plain one");
        await plain.SayAsync("hello, Mina");
        var before = await plain.NegotiatedAsync();
        await mina.RestartIceAsync();

        await Assertions.Expect(plain.Chat).ToHaveTextAsync("hello, plain one");
        await Assertions.Expect(mina.Messages).ToContainTextAsync("hello, Mina");
        await plain.NegotiatedAsync(before);
        await mina.SeesMotionOfAsync("Plain");
        await plain.LeaveAsync();
        await Assertions.Expect(mina.TileOf("Plain")).ToBeHiddenAsync();
    }

    protected override void Map(WebApplication app)
    {
        base.Map(app);
        PlainPage.Serve(app);
    }
}
