using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signaling.Tests.Protocol.Raw;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>A room, and the way to it and back.</summary>
internal sealed class RoomTests : ConsolePageTest
{
    private const string Hostile = "<img src=x onerror=\"document.title='taken over'\">";

    [Test]
    public async Task What_peers_call_themselves_is_shown_as_text()
    {
        await using var peer = await RawClient.JoinAsync(Hub.HubUrl, "math-101", Hostile);
        (await peer.Client.InvokeAsync("SetAttributes", """{"room":"math-101","attributes":{"mood":"<script>document.title='taken over'</script>"}}""")).Succeeded();

        var console = await OpenAsync("#/room/math-101");

        await Expect(console.PeerRows).ToContainTextAsync([Hostile]);
        await Expect(console.PeerRows).ToContainTextAsync(["mood: <script>document.title='taken over'</script>"]);
        await Expect(console.Events.First).ToContainTextAsync(Hostile);
        await Expect(console.Page).ToHaveTitleAsync("math-101 – Signaling console");
        (await console.Page.Locator("#room :is(img, script)").CountAsync()).Should().Be(0);
        console.Complaints.Should().BeEmpty();
    }

    [Test]
    public async Task A_call_is_told_in_words_from_who_to_whom()
    {
        await using var mina = await RawClient.JoinAsync(Hub.HubUrl, "math-101", "Mina");
        await using var jonas = await RawClient.JoinAsync(Hub.HubUrl, "math-101", "Jonas");
        var console = await OpenAsync("#/room/math-101");
        await Expect(console.PeerRows).ToHaveCountAsync(2);

        await SendDescriptionAsync(mina, jonas, "offer");
        await SendDescriptionAsync(jonas, mina, "answer");
        await ReportAsync(mina, jonas, ""","outcome":"connected","iceSetupMs":142,"localCandidate":"relay","remoteCandidate":"host","protocol":"udp" """);
        await ReportAsync(jonas, mina, ""","outcome":"failed","failure":"no-answer" """);

        await Expect(console.Events).ToContainTextAsync(
        [
            new Regex("Joined.*Mina"), new Regex("Joined.*Jonas"), new Regex("Offer.*Mina → Jonas"), new Regex("Answer.*Jonas → Mina"), new Regex("ICE connected.*Mina → Jonas.*142 ms, relay/udp"),
            new Regex("ICE failed.*Jonas → Mina.*no-answer"),
        ]);
    }

    [Test]
    public async Task A_room_has_a_link_and_the_way_back_leads_to_the_rooms_that_were_searched()
    {
        await using var math = await RawClient.JoinAsync(Hub.HubUrl, "math-101", "Mina");
        await using var physics = await RawClient.JoinAsync(Hub.HubUrl, "physics-2", "Jonas");
        var console = await OpenAsync("#/rooms?math");
        await Expect(console.RoomRows).ToHaveCountAsync(1);

        await console.Search.PressAsync("ArrowDown");
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console.Page).ToHaveURLAsync(new Regex("#/room/math-101$"));
        await Expect(console.PeerRows).ToContainTextAsync(["Mina"]);

        await console.Page.GoBackAsync();
        await Expect(console.Page).ToHaveURLAsync(new Regex(@"#/rooms\?math$"));
        await Expect(console.RoomTitle).ToBeHiddenAsync();
        await Expect(console.Search).ToHaveValueAsync("math");

        await console.Page.GoForwardAsync();
        await Expect(console.PeerRows).ToContainTextAsync(["Mina"]);
        await console.Page.Keyboard.PressAsync("Escape");
        await Expect(console.RoomTitle).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_room_that_nobody_is_in_an_id_that_none_can_have_and_a_search_without_a_hit_are_told_as_such()
    {
        var console = await OpenAsync("#/room/nobody-here");
        await Expect(console.RoomFacts).ToContainTextAsync("Closed · 0 peers");
        await Expect(console.Page.GetByText("No node remembers anything that happened here.")).ToBeVisibleAsync();
        await Expect(console.Page.GetByText("No room is open.")).ToBeVisibleAsync();

        await console.Page.GotoAsync(new Uri(Operators, "operator/console/#/room/no%20id").ToString());
        await Expect(console.RoomFacts).ToHaveTextAsync("This is no id of a room.");

        await console.Search.FillAsync("math");

        await Expect(console.Page.GetByText("No room’s id contains “math”.")).ToBeVisibleAsync();
    }

    [TestCase(390, 800)]
    [TestCase(1280, 800)]
    public async Task Nothing_sticks_out_of_the_window(int width, int height)
    {
        const string overhang = "() => document.documentElement.scrollWidth - innerWidth";
        await using var peer = await RawClient.JoinAsync(Hub.HubUrl, "a-room-with-quite-a-long-name-that-someone-thought-up-one-day", "A person with a name of remarkable length and dignity");
        var console = await OpenAsync(options: new BrowserNewContextOptions { ViewportSize = new() { Width = width, Height = height } });
        await Expect(console.NodeRows).ToHaveCountAsync(1);
        (await console.Page.EvaluateAsync<int>(overhang)).Should().BeLessThanOrEqualTo(0);

        await console.GoAsync("Rooms");
        await Expect(console.RoomRows).ToHaveCountAsync(1);
        (await console.Page.EvaluateAsync<int>(overhang)).Should().BeLessThanOrEqualTo(0);
        await console.RoomLink(peer.Room).ClickAsync();

        await Expect(console.PeerRows).ToHaveCountAsync(1);
        (await console.Page.EvaluateAsync<int>(overhang)).Should().BeLessThanOrEqualTo(0);
        await Expect(console.Events.Last).ToBeInViewportAsync();
    }

    private static async Task SendDescriptionAsync(RawPeer from, RawPeer to, string type) =>
        (await from.Client.InvokeAsync("Send", $$"""{"room":"{{from.Room}}","to":"{{to.Id}}","description":{"type":"{{type}}","sdp":"v=0\r\n"} }""")).Succeeded();

    private static async Task ReportAsync(RawPeer from, RawPeer about, string fields) =>
        (await from.Client.InvokeAsync("ReportConnection", $$"""{"room":"{{from.Room}}","peerId":"{{about.Id}}","restarts":0{{fields}} }""")).Succeeded();
}
