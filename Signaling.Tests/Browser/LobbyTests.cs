using Microsoft.Playwright;
using Signaling.Hub;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser;

[TestFixture]
internal sealed class LobbyTests : BrowserTest
{
    protected override void Configure(SignalingOptions options) => options.Rooms.Capacity = 1;

    [Test]
    public async Task The_lobby_shows_the_room_of_the_link_and_ones_own_camera()
    {
        var lobby = await LobbyOf(await NewPersonAsync()).OpenAsync("math-101");

        await Expect(lobby.Room).ToHaveValueAsync("math-101");
        await Expect(lobby.Preview).ToBeVisibleAsync();
    }

    [Test]
    public async Task Who_refuses_the_camera_is_told_in_plain_words_and_joins_without()
    {
        var page = await NewPersonAsync();
        await page.AddInitScriptAsync("navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('Permission denied', 'NotAllowedError'); };");
        var lobby = await LobbyOf(page).OpenAsync("math-101");

        await Expect(lobby.Alerts.GetByText("This page may not use your camera.")).ToBeVisibleAsync();
        var call = await lobby.JoinAsync("Mina");

        await Expect(call.Button("Turn camera on")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_full_room_is_explained_and_let_into_once_there_is_a_place()
    {
        var mina = await JoinAsync("Mina");
        var lobby = await LobbyOf(await NewPersonAsync()).OpenAsync("math-101");

        await lobby.Join.ClickAsync();
        await Expect(lobby.Alerts.GetByText("This call is full")).ToBeVisibleAsync();
        await mina.LeaveAsync();
        await Expect(mina.Leave).ToBeHiddenAsync();

        await lobby.JoinAsync("Jonas");
    }

    [Test]
    public async Task Name_and_switches_are_remembered()
    {
        var page = await NewPersonAsync();
        var lobby = await LobbyOf(page).OpenAsync("math-101");
        await Expect(lobby.Preview).ToBeVisibleAsync();
        await lobby.Microphone.ClickAsync();
        await (await lobby.JoinAsync("Mina")).LeaveAsync();

        await lobby.OpenAsync("physics-2");

        await Expect(lobby.Name).ToHaveValueAsync("Mina");
        await Expect(lobby.Microphone).ToHaveAccessibleNameAsync("Unmute microphone");
    }

    [TestCase(360, 640)]
    [TestCase(1280, 720)]
    public async Task Nothing_sticks_out_of_the_window(int width, int height)
    {
        const string overhang = "() => document.documentElement.scrollWidth - innerWidth";
        var page = await NewPersonAsync(new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = height } });
        var lobby = await LobbyOf(page).OpenAsync("a-room-with-quite-a-long-name-that-someone-thought-up-one-day");

        (await page.EvaluateAsync<int>(overhang)).Should().BeLessThanOrEqualTo(0);
        var call = await lobby.JoinAsync("Mina");

        (await page.EvaluateAsync<int>(overhang)).Should().BeLessThanOrEqualTo(0);
        await Expect(call.Leave).ToBeInViewportAsync(new() { Ratio = 1 });
    }
}
