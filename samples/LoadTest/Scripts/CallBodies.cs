using Signaling.LoadTest.Messages;

namespace Signaling.LoadTest.Scripts;

/// <summary>The signals of calls, built once: offers of 3 to 7 kB, answers somewhat shorter, and candidates of all types.</summary>
internal sealed class CallBodies
{
    private const int Variants = 16;
    private const int MinOffer = 3000;
    private const int MaxOffer = 6600;
    private const int MinAnswer = 2000;
    private const int MaxAnswer = 4500;
    private const string Ufrag = "4ZcD";

    private static readonly string[] HostCandidates =
    [
        "candidate:1 1 udp 2122260223 192.168.1.23 54401 typ host generation 0 ufrag 4ZcD network-id 1 network-cost 10",
        "candidate:2 1 udp 2122194687 10.8.0.6 58713 typ host generation 0 ufrag 4ZcD network-id 2 network-cost 50",
        "candidate:3 1 udp 2122129151 2001:db8::23 60122 typ host generation 0 ufrag 4ZcD network-id 3 network-cost 10",
        "candidate:4 1 tcp 1518280447 192.168.1.23 9 typ host tcptype active generation 0 ufrag 4ZcD network-id 1 network-cost 10",
    ];

    private static readonly string[] FarCandidates =
    [
        "candidate:5 1 udp 1686052607 203.0.113.40 54401 typ srflx raddr 192.168.1.23 rport 54401 generation 0 ufrag 4ZcD network-id 1",
        "candidate:6 1 udp 1685987071 203.0.113.41 58713 typ srflx raddr 10.8.0.6 rport 58713 generation 0 ufrag 4ZcD network-id 2",
        "candidate:7 1 udp 41885695 198.51.100.7 61234 typ relay raddr 203.0.113.40 rport 54401 generation 0 ufrag 4ZcD network-id 1",
        "candidate:8 1 udp 41820159 198.51.100.7 61235 typ relay raddr 203.0.113.41 rport 58713 generation 0 ufrag 4ZcD network-id 2",
        "candidate:9 1 udp 25108479 198.51.100.7 61236 typ relay raddr 203.0.113.40 rport 54402 generation 0 ufrag 4ZcD network-id 1",
        "candidate:10 1 udp 25042943 198.51.100.7 61237 typ relay raddr 203.0.113.41 rport 58714 generation 0 ufrag 4ZcD network-id 2",
        "candidate:11 1 udp 8331263 198.51.100.8 61238 typ relay raddr 203.0.113.40 rport 54403 generation 0 ufrag 4ZcD network-id 1",
    ];

    private readonly SignalBody[] offers = [.. Sizes(MinOffer, MaxOffer).Select(size => SignalBody.Offer(Sdp.OfLength(size)))];
    private readonly SignalBody[] answers = [.. Sizes(MinAnswer, MaxAnswer).Select(size => SignalBody.Answer(Sdp.OfLength(size)))];

    /// <summary>Known at once.</summary>
    public IReadOnlyList<SignalBody> Host { get; } = [.. HostCandidates.Select(candidate => SignalBody.Candidate(candidate, Ufrag))];

    /// <summary>Found by asking STUN and TURN servers.</summary>
    public IReadOnlyList<SignalBody> Far { get; } = [.. FarCandidates.Select(candidate => SignalBody.Candidate(candidate, Ufrag))];

    public SignalBody EndOfCandidates { get; } = SignalBody.Candidate("", Ufrag);

    public SignalBody Offer() => offers[Random.Shared.Next(Variants)];

    public SignalBody Answer() => answers[Random.Shared.Next(Variants)];

    private static IEnumerable<int> Sizes(int min, int max) => Enumerable.Range(0, Variants).Select(i => min + (i * (max - min) / (Variants - 1)));
}
