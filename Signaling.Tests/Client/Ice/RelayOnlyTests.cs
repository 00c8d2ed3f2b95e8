using Signaling.Client.Rooms.Ice;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Ice;

internal sealed class RelayOnlyTests
{
    private const string Relay = "candidate:3 1 udp 41885439 203.0.113.9 61000 typ relay raddr 192.168.1.7 rport 50123 generation 0 ufrag Ab1+";
    private const string Hidden = "candidate:3 1 udp 41885439 203.0.113.9 61000 typ relay raddr 0.0.0.0 rport 9 generation 0 ufrag Ab1+";

    private static readonly string[] Types = ["host", "srflx", "prflx", "relay", "Relay", "relayed"];
    private static readonly string[] Addresses = ["203.0.113.9", "2001:db8::9", "a-b.local"];
    private static readonly string[] OwnAddresses = ["192.168.1.7", "fd00::7"];
    private static readonly string[] Ends = ["\r\n", "\n"];
    private static readonly string[] OtherLines =
        ["v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 111", "c=IN IP4 0.0.0.0", "a=ice-ufrag:Ab1+", "a=end-of-candidates", "", "\ra=x", "a=x-candidate:1 1 udp 1 192.168.1.7 9 typ host", "\t\u2028é"];

    [Test]
    public void No_candidate_survives_in_a_description_but_relayed_ones_without_the_address_behind_and_every_other_line_stays_byte_for_byte()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(12)).Select(_ => (Text: random.Next(2) == 0 ? Pick(random, OtherLines) : $"a={Candidate(random)}", End: Pick(random, Ends))).ToArray();
            var sdp = string.Concat(lines.Select(line => line.Text + line.End));

            var filtered = RelayOnly.Filter(new SessionDescription { Type = SdpType.Offer, Sdp = sdp }).Sdp!;

            var kept = filtered.Split('\n').Where(IsCandidate).ToArray();
            kept.Should().NotContain(line => !line.Contains(" typ relay raddr ", StringComparison.Ordinal), "seed {0}", seed)
                .And.NotContain(line => OwnAddresses.Any(line.Contains), "seed {0}", seed)
                .And.HaveCount(lines.Count(line => IsCandidate(line.Text) && line.Text.Contains(" typ relay ", StringComparison.Ordinal)), "seed {0}", seed);
            string.Concat(filtered.Split('\n').Where(line => !IsCandidate(line)).Select(line => line + "\n"))
                .Should().Be(string.Concat(lines.Where(line => !IsCandidate(line.Text)).Select(line => line.Text + line.End)) + "\n", "seed {0}", seed);
        }
    }

    [Test]
    public void A_candidate_that_is_told_by_itself_is_judged_alike()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var line = Candidate(new Random(seed));
            var inSdp = RelayOnly.Filter(new SessionDescription { Type = SdpType.Answer, Sdp = $"a={line}\r\n" }).Sdp;

            string.Concat(Filter(line).Select(kept => $"a={kept}\r\n")).Should().Be(inSdp, "seed {0}", seed);
        }
    }

    [Test]
    public void A_relayed_candidate_keeps_everything_but_the_address_behind_the_relay()
    {
        RelayOnly.Filter([new() { Candidate = Relay, SdpMid = "0", SdpMLineIndex = 0, UsernameFragment = "Ab1+" }])
            .Should().Equal(new IceCandidate { Candidate = Hidden, SdpMid = "0", SdpMLineIndex = 0, UsernameFragment = "Ab1+" });
        RelayOnly.Filter(new SessionDescription { Type = SdpType.Offer, Sdp = $"v=0\r\na={Relay}" }).Sdp.Should().Be($"v=0\r\na={Hidden}");
    }

    [Test]
    public void Behind_a_relayed_IPv6_address_an_IPv6_address_is_hidden() =>
        Filter("candidate:3 1 udp 1 2001:db8::9 9 typ relay raddr fd00::7 rport 5").Should().Equal("candidate:3 1 udp 1 2001:db8::9 9 typ relay raddr :: rport 9");

    [Test]
    public void The_end_of_candidates_and_a_rollback_are_no_addresses()
    {
        Filter("").Should().Equal("");
        RelayOnly.Filter(new SessionDescription { Type = SdpType.Rollback }).Should().Be(new SessionDescription { Type = SdpType.Rollback });
    }

    [TestCase("candidate:1 1 udp  1 203.0.113.9 9 typ relay", TestName = "Two spaces are not as the standard has it")]
    [TestCase("candidate:1 1 udp\t1 203.0.113.9 9 typ relay x y", TestName = "A tab is not as the standard has it")]
    [TestCase("candidate:1 1 udp 1 203.0.113.9 9 typ relay\r\na=candidate:1 1 udp 1 192.168.1.7 9 typ host", TestName = "A second line is not as the standard has it")]
    [TestCase("candidate:1 1 udp 1 192.168.1.7 9 typ host typ relay", TestName = "A second type is not as the standard has it")]
    [TestCase("candidate:1 1 udp 1 192.168.1.7 9", TestName = "No type is not as the standard has it")]
    public void A_candidate_that_is_not_written_as_the_standard_has_it_is_none_that_is_relayed(string line) => Filter(line).Should().BeEmpty();

    private static IEnumerable<string> Filter(string line) => RelayOnly.Filter([new() { Candidate = line }]).Select(candidate => candidate.Candidate);

    private static bool IsCandidate(string line) => line.StartsWith("a=candidate:", StringComparison.Ordinal);

    private static string Candidate(Random random) =>
        $"candidate:{random.Next()} 1 udp 1 {Pick(random, Addresses)} 9 typ {Pick(random, Types)} raddr {Pick(random, OwnAddresses)} rport 50123 generation {random.Next(9)}";

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
