using Signaling.Client;
using Signaling.Contracts;
using Signaling.Lab.Proxies;
using Signaling.Tests.Client;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Samples;

/// <summary>samples/ConsolePeer, the way its README starts it.</summary>
internal sealed class ConsolePeerTests : ClientFixture
{
    private const string Sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\n";

    [Test]
    public async Task It_prints_who_comes_and_what_they_say_and_says_what_is_typed_until_quit()
    {
        await using var peer = Start("--name", "Mina");
        await peer.LineAsync("You are in math-101 as Mina (you)");
        var room = await Client().JoinRoomAsync("math-101", new() { Name = "Jun" });
        await peer.LineAsync("Jun has joined.");

        var updated = new Observed<RemotePeer>();
        room.PeerUpdated += updated.Handle;
        var mina = room.Peers.Single();
        while (mina.Attributes.GetValueOrDefault("camera") is not "off") await updated.NextAsync();
        mina.Name.Should().Be("Mina");
        await room.SendDataAsync(Json("""{"chat":"Good \u001b[31mmorning"}"""));
        (await peer.LineAsync("Jun: ")).Should().Be("Jun: Good  [31mmorning", "a peer must not be able to send colours, or worse, to our terminal");
        await peer.TypeAsync("Hello, everyone");
        (await room.Messages.TakeAsync(1))[0].Data.GetRawText().Should().Be("""{"chat":"Hello, everyone"}""");
        await peer.LineAsync("Mina (you): Hello, everyone");

        var left = new Observed<PeerDeparture>();
        room.PeerLeft += left.Handle;
        await peer.TypeAsync("/quit");
        (await left.NextAsync()).Reason.Should().Be(LeaveReason.Left);
        (await peer.ExitAsync()).Should().Be(0);
        peer.Seen.Should().EndWith("You have left math-101.");
    }

    [Test]
    public async Task It_sums_signals_up_by_kind_and_size_and_never_shows_an_SDP()
    {
        await using var peer = Start("--name", "Mina");
        await peer.LineAsync("You are in math-101");
        var room = await Client().JoinRoomAsync("math-101", new() { Name = "Jun" });
        var mina = room.Peers.Single();

        await mina.SendOfferAsync(Sdp);
        (await peer.LineAsync("offer")).Should().Be($"Jun sent an offer, {Sdp.Length} bytes of SDP.");
        await mina.SendCandidatesAsync(
        [
            new() { Candidate = "candidate:1 1 udp 2122260223 192.0.2.1 50000 typ host" },
            new() { Candidate = "candidate:2 1 udp 1686052607 192.0.2.1 50001 typ srflx raddr 0.0.0.0 rport 0" },
        ]);
        (await peer.LineAsync("candidate")).Should().StartWith("Jun sent 2 candidates (1 host, 1 srflx), ");
        await mina.SendAnswerAsync("v=0\r\n" + new string('x', 1_200));
        await peer.LineAsync("Jun sent an answer, 1.2 kB of SDP.");
        await room.SendDataAsync(Json("[1,2,3]"));
        await peer.LineAsync("Jun sent app data, 7 bytes of JSON.");

        await room.LeaveAsync();
        await peer.LineAsync("Jun has left.");
        peer.Seen.Should().NotContain(line => line.Contains("192.0.2.1"));
    }

    [Test]
    public async Task Slash_commands_raise_the_hand_mute_and_list_who_is_here()
    {
        var room = await Client().JoinRoomAsync("math-101", new() { Name = "Jun", Attributes = new Dictionary<string, string> { ["hand"] = "true" } });
        var updated = new Observed<RemotePeer>();
        room.PeerUpdated += updated.Handle;
        await using var peer = Start("--name", "Mina");
        await peer.LineAsync("  Jun");

        await peer.TypeAsync("/hand");
        await updated.NextAsync(mina => mina.Attributes.GetValueOrDefault("hand") is "true");
        await peer.LineAsync("You show: no camera, hand raised.");
        await peer.TypeAsync("/hand");
        await peer.TypeAsync("/mute");
        await updated.NextAsync(mina => mina.Attributes.GetValueOrDefault("muted") is "true" && !mina.Attributes.ContainsKey("hand"));
        await peer.LineAsync("You show: no camera, muted.");
        await peer.TypeAsync("/who");
        await peer.LineAsync("  Mina (you)  no camera, muted");
        await peer.LineAsync("  Jun  hand raised");
        await peer.TypeAsync("/hnad");
        await peer.LineAsync("There is no /hnad. /help lists");
        await peer.TypeAsync("/help");
        await peer.LineAsync("/quit");
    }

    [Test]
    public async Task A_line_that_is_too_long_is_refused_with_what_to_do_and_the_next_is_said()
    {
        var room = await Client().JoinRoomAsync("math-101");
        await using var peer = Start();

        await peer.TypeAsync(new string('x', SignalingLimits.MaxMessageBytes));
        await peer.LineAsync("message-too-large (give-up): ");
        await peer.LineAsync("What to do: say less at a time.");
        await peer.TypeAsync("short");

        (await room.Messages.TakeAsync(1))[0].Data.GetProperty("chat").GetString().Should().Be("short");
    }

    [Test]
    public async Task What_is_piped_in_is_said_before_it_leaves_at_the_end_of_input()
    {
        var room = await Client().JoinRoomAsync("math-101");
        await using var peer = Start();
        for (var i = 0; i < 3; i++) await peer.TypeAsync($"line {i}");
        peer.EndInput();

        (await room.Messages.TakeAsync(3)).Select(message => message.Data.GetProperty("chat").GetString()).Should().Equal("line 0", "line 1", "line 2");
        (await peer.ExitAsync()).Should().Be(0);
    }

    [Test]
    public async Task Interrupted_it_leaves_the_room_and_ends_with_0_though_its_input_stays_open()
    {
        var room = await Client().JoinRoomAsync("math-101");
        var left = new Observed<PeerDeparture>();
        room.PeerLeft += left.Handle;
        await using var peer = Start();
        await peer.LineAsync("You are in math-101");

        await peer.InterruptAsync();

        (await left.NextAsync()).Reason.Should().Be(LeaveReason.Left);
        (await peer.ExitAsync()).Should().Be(0);
    }

    [Test]
    public async Task A_refusal_ends_it_with_the_code_and_what_to_do_though_its_input_stays_open()
    {
        await using var guarded = await InProcessHub.StartAsync(
            options => options.Access.Keys.Add(new() { Secret = "an-example-secret-of-thirty-two-bytes-or-more" }), environment: "Production");
        await using var peer = ConsolePeerProcess.Start("math-101", "--url", guarded.HubUrl.ToString());

        await peer.LineAsync("unauthorized (give-up): ");
        (await peer.LineAsync("What to do: ")).Should().Contain("--token").And.Contain("PROTOCOL.md#unauthorized");
        (await peer.ExitAsync()).Should().Be(1);
    }

    [Test]
    public async Task A_room_that_does_not_let_it_in_again_ends_it_though_its_input_stays_open()
    {
        var before = await InProcessHub.StartAsync();
        var (address, url) = (before.Address.GetLeftPart(UriPartial.Authority), before.HubUrl.ToString());
        await using var peer = ConsolePeerProcess.Start("math-101", "--url", url);
        await peer.LineAsync("You are in math-101");

        await before.DisposeAsync();
        await using var strict = await InProcessHub.StartAsync(
            options => options.Access.Keys.Add(new() { Secret = "an-example-secret-of-thirty-two-bytes-or-more" }), environment: "Production", url: address);

        await peer.LineAsync("unauthorized (give-up): ");
        (await peer.ExitAsync()).Should().Be(1);
    }

    [Test]
    public async Task It_says_when_the_hub_goes_and_comes_back_and_what_was_said_meanwhile_is_told_later()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var room = await Client().JoinRoomAsync("math-101");
        await using var peer = ConsolePeerProcess.Start("math-101", "--url", proxy.Url.ToString());
        await peer.LineAsync("You are in math-101");

        proxy.Refuses = true;
        proxy.Cut();
        (await peer.LineAsync("The connection is lost")).Should().Contain("Next try in ");
        await peer.LineAsync("Still no connection");
        await peer.TypeAsync("Are you there?");
        proxy.Refuses = false;

        (await room.Messages.TakeAsync(1))[0].Data.GetProperty("chat").GetString().Should().Be("Are you there?");
        await peer.LineAsync("You are back in math-101, as if nothing had happened");
        await peer.TypeAsync("/quit");
        (await peer.ExitAsync()).Should().Be(0);
    }

    [TestCase("a/b")]
    [TestCase("math-101", "--url", "ftp://example.com")]
    public async Task A_wrong_command_line_is_refused_with_what_it_takes(params string[] arguments)
    {
        await using var peer = ConsolePeerProcess.Start(arguments);

        (await peer.ExitAsync()).Should().Be(1);
        peer.Seen.Should().Contain("Usage:");
    }

    private ConsolePeerProcess Start(params string[] arguments) => ConsolePeerProcess.Start(["math-101", "--url", Hub.HubUrl.ToString(), .. arguments]);
}
