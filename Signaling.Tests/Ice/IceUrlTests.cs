using Signaling.Hub.Ice;

namespace Signaling.Tests.Ice;

/// <summary>The URL forms of RFC 7064 and RFC 7065.</summary>
internal sealed class IceUrlTests
{
    private static IEnumerable<TestCaseData> Good =>
    [
        new("stun:stun.example.com", new IceUrl(false, "stun.example.com", 3478, IceTransport.Udp)),
        new("stuns:stun.example.com", new IceUrl(false, "stun.example.com", 5349, IceTransport.Tls)),
        new("turn:turn.example.com", new IceUrl(true, "turn.example.com", 3478, IceTransport.Udp)),
        new("turn:TURN.example.com:80?transport=tcp", new IceUrl(true, "turn.example.com", 80, IceTransport.Tcp)),
        new("turns:turn.example.com:443", new IceUrl(true, "turn.example.com", 443, IceTransport.Tls)),
        new("turns:turn.example.com?transport=tcp", new IceUrl(true, "turn.example.com", 5349, IceTransport.Tls)),
        new("turns:turn.example.com?transport=udp", new IceUrl(true, "turn.example.com", 5349, IceTransport.Dtls)),
        new("turn:[2001:db8::1]:3478", new IceUrl(true, "2001:db8::1", 3478, IceTransport.Udp)),
    ];

    [TestCaseSource(nameof(Good))]
    public void A_URL_is_taken_apart_with_its_defaults(string url, object parts) => IceUrl.Parse(url).Should().Be(parts);

    [TestCase("http://example.com")]
    [TestCase("turn:")]
    [TestCase("turn://turn.example.com")]
    [TestCase("turn:user@turn.example.com")]
    [TestCase("turn:turn.example.com:0")]
    [TestCase("turn:turn.example.com:65536")]
    [TestCase("turn:turn.example.com:99999999999")]
    [TestCase("turn:turn.example.com?transport=sctp")]
    [TestCase("turn:turn.example.com?transport=udp&x=1")]
    [TestCase("stun:stun.example.com?transport=udp")]
    [TestCase("turn:[::12345]")]
    [TestCase("turn:[1]")]
    [TestCase("turn:2001:db8::1")]
    [TestCase("turn:turn.example.com\n")]
    public void Anything_else_is_none(string url) => IceUrl.Parse(url).Should().BeNull();
}
