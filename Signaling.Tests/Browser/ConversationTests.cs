using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

[TestFixture]
internal sealed class ConversationTests : BrowserTest
{
    [Test]
    public async Task What_one_says_in_the_chat_the_other_reads()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await JoinAsync("Jonas");
        await Expect(mina.TileOf("Jonas")).ToBeVisibleAsync();

        await mina.OpenChatAsync();
        await mina.SayAsync("Can you see <b>my</b> slides?");
        await Expect(jonas.Button("Chat, 1 unread")).ToBeVisibleAsync();
        await jonas.OpenChatAsync();

        await Expect(jonas.Messages).ToContainTextAsync("Can you see <b>my</b> slides?");
        await Expect(mina.Messages).ToContainTextAsync("Can you see <b>my</b> slides?");
    }

    [Test]
    public async Task A_muted_microphone_and_a_raised_hand_show_on_the_tile()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await JoinAsync("Jonas");
        var muted = mina.TileOf("Jonas").GetByRole(AriaRole.Img, new() { Name = "Muted" });
        var hand = mina.TileOf("Jonas").GetByRole(AriaRole.Img, new() { Name = "Hand raised" });

        await jonas.PressAsync("m");
        await jonas.PressAsync("h");
        await Expect(muted).ToBeVisibleAsync();
        await Expect(hand).ToBeVisibleAsync();
        await jonas.PressAsync("m");
        await jonas.PressAsync("h");

        await Expect(muted).ToBeHiddenAsync();
        await Expect(hand).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_camera_that_is_turned_off_and_on_again_is_seen_again()
    {
        var mina = await JoinAsync("Mina");
        var jonas = await JoinAsync("Jonas");
        await mina.SeesMotionOfAsync("Jonas");
        var picture = mina.TileOf("Jonas").Locator("video");

        await jonas.PressAsync("v");
        await Expect(picture).ToBeHiddenAsync();
        await jonas.PressAsync("v");

        await Expect(picture).ToBeVisibleAsync();
        await mina.SeesMotionOfAsync("Jonas");
    }
}
