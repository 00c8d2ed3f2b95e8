using System.Text.Json;
using Signaling.Tests.Protocol;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Ice.RelayOnly;

/// <summary>A relay-only room and one that is not, through raw clients: what leaves the hub and what does not.</summary>
internal sealed class RelayOnlyTests
{
    private const string Relayed = "candidate:1 1 udp 41885439 198.51.100.7 49203 typ relay raddr 0.0.0.0 rport 0 generation 0 ufrag aB3+ network-cost 999";
    private const string Host = "candidate:2 1 udp 2122260223 192.168.1.23 54400 typ host generation 0 ufrag aB3+ network-id 1";
    private const string Head = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\ns=- 1.2.3\r\nt=0 0\r\na=group:BUNDLE 0\r\na=msid-semantic: WMS\r\n";
    private const string Media =
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=rtcp:9 IN IP4 0.0.0.0\r\na=ice-ufrag:aB3+\r\na=ice-pwd:asd88fgpdd777uzjYhagZg12\r\na=ice-options:trickle\r\n"
        + "a=fingerprint:sha-256 19:E2:1C:3B:4B:9F:81:E6:B8:5C:F4:A5:A8:D8:73:04:BB:05:2F:70:9F:04:A9:0E:05:E9:26:33:E8:70:88:A2\r\na=setup:actpass\r\na=mid:0\r\n"
        + "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 minptime=10;useinbandfec=1;x=0.6\r\na=ssrc:3570614608 cname:4TOk42mSjXCkVIa6\r\n";

    private TestHub _hub = null!;
    private RawPeer _sender = null!;
    private RawPeer _receiver = null!;
    private RawPeer _open = null!;
    private RawPeer _openReceiver = null!;

    private static IEnumerable<TestCaseData> LeakingCandidates =>
    [
        Case("host", Host),
        Case("server-reflexive", "candidate:3 1 udp 1685921535 203.0.113.9 54400 typ srflx raddr 0.0.0.0 rport 0"),
        Case("peer-reflexive", "candidate:3 1 udp 1685921535 203.0.113.9 54400 typ prflx"),
        Case("mDNS host", "candidate:2 1 udp 2122260223 0b0b0b0b-aaaa-4444-8888-121212121212.local 54400 typ host"),
        Case("in capitals", "CANDIDATE:2 1 UDP 2122260223 192.168.1.23 54400 TYP HOST"),
        Case("wide spaces", "candidate:2  1\tudp   2122260223 192.168.1.23 \t 54400    typ    host"),
        Case("no prefix", "2 1 udp 2122260223 192.168.1.23 54400 typ host"),
        Case("as an SDP line", "a=candidate:2 1 udp 2122260223 192.168.1.23 54400 typ host"),
        Case("spaces in front", "   candidate:2 1 udp 2122260223 192.168.1.23 54400 typ host"),
        Case("an early extension", "candidate:2 1 udp 2122260223 192.168.1.23 54400 generation 0 typ host"),
        Case("two types", "candidate:2 1 udp 2122260223 192.168.1.23 54400 typ relay typ host"),
        Case("two types, the other way", "candidate:2 1 udp 2122260223 192.168.1.23 54400 typ host typ relay"),
        Case("a type that only begins like it", "candidate:2 1 udp 2122260223 192.168.1.23 54400 typ relayed"),
        Case("no type", "candidate:2 1 udp 2122260223 192.168.1.23 54400"),
        Case("too short", "candidate:2"),
        Case("TCP host", "candidate:4 1 tcp 1518280447 192.168.1.23 9 typ host tcptype active"),
        Case("relay with its own address in raddr", Relayed.Replace("0.0.0.0 rport 0", "203.0.113.9 rport 54400", StringComparison.Ordinal)),
        Case("relay with raddr in capitals", Relayed.Replace("raddr 0.0.0.0", "RADDR 203.0.113.9", StringComparison.Ordinal)),
        Case("relay with an IPv6 raddr", Relayed.Replace("0.0.0.0", "2001:db8::9", StringComparison.Ordinal)),
        Case("relay with a name in raddr", Relayed.Replace("0.0.0.0", "laptop.example.com", StringComparison.Ordinal)),
        Case("relay with two raddrs", Relayed + " raddr 203.0.113.9 rport 0"),
        Case("relay with its own port", Relayed.Replace("rport 0", "rport 54400", StringComparison.Ordinal)),
        Case("relay with an address in an extension", Relayed + " x-local 192.168.1.23"),
    ];

    private static IEnumerable<TestCaseData> CleanCandidates =>
    [
        Case("relay", Relayed),
        Case("relay in capitals", Relayed.ToUpperInvariant()),
        Case("relay without raddr", "candidate:1 1 udp 41885439 198.51.100.7 49203 typ relay"),
        Case("relay with rport 9", Relayed.Replace("rport 0", "rport 9", StringComparison.Ordinal)),
        Case("relay over IPv6", "candidate:1 1 udp 41885439 2001:db8::7 49203 typ relay raddr :: rport 0"),
        Case("end of candidates", ""),
        Case("end of candidates, with prefix", "candidate:"),
    ];

    private static IEnumerable<TestCaseData> LeakingSdps =>
    [
        Case("a host candidate", Head + Media + "a=" + Host + "\r\n"),
        Case("a host candidate behind a relayed one", Head + Media + "a=" + Relayed + "\r\na=" + Host + "\r\n"),
        Case("lines ended by LF alone", (Head + Media + "a=" + Host + "\r\n").ReplaceLineEndings("\n")),
        Case("lines ended by CR alone", (Head + Media + "a=" + Host + "\r\n").ReplaceLineEndings("\r")),
        Case("no line end", Head + Media + "a=" + Host),
        Case("in capitals", Head + Media + "A=CANDIDATE:2 1 UDP 1 192.168.1.23 54400 TYP HOST\r\n"),
        Case("with spaces", Head + Media + " a = candidate:2 1 udp 1 192.168.1.23 54400 typ host\r\n"),
        Case("an mDNS host with spaces", Head + Media + "\ta =\tcandidate:2 1 udp 1 0b0b0b0b.local 54400 typ host\r\n"),
        Case("in c=", Head + Media.Replace("c=IN IP4 0.0.0.0", "c=IN IP4 192.168.1.23", StringComparison.Ordinal)),
        Case("in c= with a TTL", Head + Media.Replace("c=IN IP4 0.0.0.0", "c=IN IP4 192.168.1.23/127", StringComparison.Ordinal)),
        Case("in c= as a name", Head + Media.Replace("c=IN IP4 0.0.0.0", "c=IN IP4 laptop.local", StringComparison.Ordinal)),
        Case("in c=, other than its relayed candidate's", Head + Media.Replace("c=IN IP4 0.0.0.0", "c=IN IP4 203.0.113.9", StringComparison.Ordinal) + "a=" + Relayed + "\r\n"),
        Case("in o=", Head.Replace("127.0.0.1", "192.168.1.23", StringComparison.Ordinal) + Media),
        Case("in o= as IPv6", Head.Replace("IP4 127.0.0.1", "IP6 2001:db8::9", StringComparison.Ordinal) + Media),
        Case("in a=rtcp", Head + Media.Replace("a=rtcp:9 IN IP4 0.0.0.0", "a=rtcp:9 IN IP4 192.168.1.23", StringComparison.Ordinal)),
        Case("in a=remote-candidates", Head + Media + "a=remote-candidates:1 203.0.113.9 54400\r\n"),
        Case("in an attribute of one's own", Head + Media + "a=x-local:192.168.1.23:54400\r\n"),
        Case("as IPv6 that holds IPv4", Head + Media + "c=IN IP6 ::ffff:192.168.1.23\r\n"),
    ];

    private static IEnumerable<TestCaseData> CleanSdps =>
    [
        Case("before gathering", Head + Media),
        Case("with a relayed candidate", Head + Media + "a=" + Relayed + "\r\na=end-of-candidates\r\n"),
        Case("after gathering, the default candidate in c= and a=rtcp", Head
            + Media.Replace("c=IN IP4 0.0.0.0", "c=IN IP4 198.51.100.7", StringComparison.Ordinal).Replace("a=rtcp:9 IN IP4 0.0.0.0", "a=rtcp:49203 IN IP4 198.51.100.7", StringComparison.Ordinal)
            + "a=" + Relayed + "\r\n"),
        Case("of a browser that writes 0.0.0.0 into o=", Head.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal) + Media),
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _hub = await TestHub.StartAsync(options =>
        {
            options.Ice.RelayOnlyRooms = ["private", "telehealth-*"];
            options.Ice.ProbeInterval = TimeSpan.Zero;
            options.Ice.Servers = [new() { Urls = ["stun:stun.example.com"] }, new() { Urls = ["turn:turn.example.com"], Username = "u", Credential = "c" }];
        });
        _sender = await RawClient.JoinAsync(_hub.Url, "telehealth-1");
        _receiver = await RawClient.JoinAsync(_hub.Url, "telehealth-1");
        _open = await RawClient.JoinAsync(_hub.Url, "math-101");
        _openReceiver = await RawClient.JoinAsync(_hub.Url, "math-101");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await using (_hub)
        await using (_sender)
        await using (_receiver)
        await using (_open)
        await using (_openReceiver)
        {
            _hub.Errors.Lines.Should().BeEmpty();
        }
    }

    [TestCaseSource(nameof(LeakingCandidates))]
    public async Task A_candidate_that_gives_an_address_away_is_refused_and_passes_elsewhere(string candidate)
    {
        (await SendCandidatesAsync(_sender, _receiver, Relayed, candidate)).Error.Should().BeEquivalentTo(new { Code = "relay-only", Action = "give-up" });
        await AssertNothingArrivedAsync();

        (await SendCandidatesAsync(_open, _openReceiver, candidate)).Succeeded();
    }

    [TestCaseSource(nameof(CleanCandidates))]
    public async Task A_relayed_candidate_and_the_end_of_candidates_pass(string candidate)
    {
        (await SendCandidatesAsync(_sender, _receiver, candidate)).Succeeded();

        (await _receiver.SignalAsync()).GetProperty("candidates")[0].GetProperty("candidate").GetString().Should().Be(candidate);
    }

    [TestCaseSource(nameof(LeakingSdps))]
    public async Task An_SDP_that_gives_an_address_away_is_refused_and_passes_elsewhere(string sdp)
    {
        (await SendSdpAsync(_sender, _receiver, sdp)).Error.Should().BeEquivalentTo(new { Code = "relay-only", Action = "give-up" });
        await AssertNothingArrivedAsync();

        (await SendSdpAsync(_open, _openReceiver, sdp)).Succeeded();
    }

    [TestCaseSource(nameof(CleanSdps))]
    public async Task An_SDP_of_a_relay_only_connection_passes(string sdp)
    {
        (await SendSdpAsync(_sender, _receiver, sdp)).Succeeded();

        (await _receiver.SignalAsync()).GetProperty("description").GetProperty("sdp").GetString().Should().Be(sdp);
    }

    [Test]
    public async Task A_candidate_that_is_escaped_in_JSON_is_refused_all_the_same()
    {
        var completion = await _sender.Client.InvokeAsync(
            "Send", $$"""{"room":"telehealth-1","to":"{{_receiver.Id}}","candidates":[{"candidate":"\u0063andidate:2 1 udp 1 192.168.1.23 5 \u0074yp\u0020\u0068ost"}]}""");

        completion.Code.Should().Be("relay-only");
    }

    [Test]
    public async Task The_welcome_says_that_a_room_is_relay_only_and_brings_no_STUN_server()
    {
        _sender.Welcome.GetProperty("iceTransportPolicy").GetString().Should().Be("relay");
        UrlsOf(_sender.Welcome.GetProperty("ice")).Should().Equal("turn:turn.example.com");
        UrlsOf((await _sender.Client.InvokeAsync("GetIceServers", """{"room":"telehealth-1"}""")).Result).Should().Equal("turn:turn.example.com");

        _open.Welcome.TryGetProperty("iceTransportPolicy", out _).Should().BeFalse();
        UrlsOf(_open.Welcome.GetProperty("ice")).Should().Equal("stun:stun.example.com", "turn:turn.example.com");
    }

    [TestCase("private", true)]
    [TestCase("private-2", false)]
    [TestCase("telehealth-", true)]
    [TestCase("Telehealth-1", false)]
    public async Task Rooms_are_named_by_id_or_by_their_beginning(string room, bool isRelayOnly)
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, room);

        peer.Welcome.TryGetProperty("iceTransportPolicy", out _).Should().Be(isRelayOnly);
    }

    private static TestCaseData Case(string what, string text) => new TestCaseData(text).SetArgDisplayNames(what);

    private static IEnumerable<string?> UrlsOf(JsonElement ice) =>
        ice.GetProperty("servers").EnumerateArray().SelectMany(server => server.GetProperty("urls").EnumerateArray()).Select(url => url.GetString());

    private static Task<RawCompletion> SendCandidatesAsync(RawPeer from, RawPeer to, params string[] candidates) =>
        from.Client.InvokeAsync("Send", JsonSerializer.Serialize(new { room = from.Room, to = to.Id, candidates = candidates.Select(candidate => new { candidate, sdpMid = "0" }) }));

    private static Task<RawCompletion> SendSdpAsync(RawPeer from, RawPeer to, string sdp) =>
        from.Client.InvokeAsync("Send", JsonSerializer.Serialize(new { room = from.Room, to = to.Id, description = new { type = "offer", sdp } }));

    private async Task AssertNothingArrivedAsync()
    {
        (await _sender.SendDataAsync(_receiver.Id, "\"next\"")).Succeeded();
        (await _receiver.SignalAsync()).GetProperty("data").GetString().Should().Be("next");
    }
}
