using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Signaling.Hub;
using Signaling.Tests.Protocol.Raw;
using static Microsoft.Playwright.Assertions;

namespace Signaling.Tests.Browser.ConsolePage;

/// <summary>What an operator sees while the load test fills the hub with rooms.</summary>
internal sealed class LoadRunTests : ConsolePageTest
{
    private const int Peers = 900;
    private const int Rooms = 300;

    // The load test takes six seconds for its joins where it has a core of its own.
    private static readonly LocatorAssertionsToHaveTextOptions Filled = new() { Timeout = 60_000 };

    private ChildProcess? _load;

    protected override void Configure(SignalingOptions options) => options.Limits.InvocationsPerSecond = 100_000;

    [SetUp]
    public void StartLoad() => _load = ChildProcess.Start(
        "dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "LoadTest.dll"), "--url", Hub.HubUrl.ToString(), "--room-prefix", "class", "--peers", Peers.ToString(CultureInfo.InvariantCulture),
            "--room-size", (Peers / Rooms).ToString(CultureInfo.InvariantCulture), "--ramp", "150", "--script", "rate", "--rate", "100", "--ping", "2s", "--warm-up", "0s", "--duration", "10m",
        ]);

    [TearDown]
    public async Task EndLoadAsync()
    {
        if (_load is not null) await _load.DisposeAsync();
    }

    [Test]
    public async Task The_console_shows_the_rooms_finds_one_of_them_and_follows_what_happens_in_it()
    {
        var console = await OpenAsync();
        await Expect(console.Link).ToHaveTextAsync("Live");
        await Expect(console.Figure("Rooms")).ToHaveTextAsync("300", Filled);
        await Expect(console.Figure("Nodes ready")).ToHaveTextAsync("1 of 1");
        await Expect(console.NodeRows).ToContainTextAsync(["Ready"]);

        await console.GoAsync("Rooms");
        await Expect(console.RoomsNote).ToHaveTextAsync("100 of 300 rooms");
        await Expect(console.RoomRows).ToHaveCountAsync(100);

        await console.Page.Keyboard.PressAsync("/");
        await console.Page.Keyboard.TypeAsync("CLASS-27");
        await Expect(console.RoomsNote).ToHaveTextAsync("11 rooms with “CLASS-27”");
        await Expect(console.RoomRows).ToHaveCountAsync(11);
        await console.RoomLink("class-271").ClickAsync();

        await Expect(console.RoomTitle).ToHaveTextAsync("class-271");
        await Expect(console.PeerRows).ToHaveCountAsync(3);
        await Expect(console.Events).ToHaveCountAsync(3);

        var peer = await RawClient.JoinAsync(Hub.HubUrl, "class-271", "Mina");
        await Expect(console.PeerRows).ToHaveCountAsync(4);
        await Expect(console.PeerRows.Last).ToContainTextAsync("Mina");
        await Expect(console.Events.Last).ToContainTextAsync(new Regex("Joined.*Mina"));
        await peer.LeaveAsync();
        await peer.DisposeAsync();
        await Expect(console.PeerRows).ToHaveCountAsync(3);
        await Expect(console.Events.Last).ToContainTextAsync(new Regex("Left.*Mina"));
        await Expect(console.Events.Last).ToBeInViewportAsync();
        console.Complaints.Should().BeEmpty();
    }

    [Test]
    public async Task The_charts_of_the_hour_draw_what_the_load_brings()
    {
        var console = await OpenAsync();
        await Expect(console.Figure("Peers")).ToHaveTextAsync("900", Filled);

        // A step lasts ten seconds.
        await Expect(console.Legend("Connections", "peers")).ToHaveTextAsync("900", Filled);
        await Expect(console.Legend("Client round trip", "p99")).ToHaveTextAsync(new Regex("^[0-9.]+ (µs|ms|s)$"));
        await Expect(console.Legend("Relay latency", "p50")).ToHaveTextAsync(new Regex("^[0-9.]+ (µs|ms|s)$"));
        await Expect(console.Legend("Signals a second", "signals")).ToHaveTextAsync(new Regex("^[1-9][0-9]*/s$"));
        await Expect(console.ChartOf("ICE set-up time").GetByText("Nothing measured in this hour.")).ToBeVisibleAsync();

        foreach (var chart in (string[])["Client round trip", "Relay latency", "Connections", "Signals a second"]) await console.SeesLinesInAsync(chart);

        console.Complaints.Should().BeEmpty();
    }

    [Test]
    public async Task More_rooms_are_shown_when_asked_for()
    {
        var console = await OpenAsync("#/rooms");
        await Expect(console.RoomsNote).ToHaveTextAsync("100 of 300 rooms", Filled);

        await console.Page.GetByText("Show more").ClickAsync();

        await Expect(console.RoomsNote).ToHaveTextAsync("300 rooms");
        await Expect(console.RoomRows).ToHaveCountAsync(300);
        await Expect(console.Page.GetByText("Show more")).ToBeHiddenAsync();
    }
}
