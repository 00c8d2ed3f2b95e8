using System.Net;
using System.Text.RegularExpressions;

namespace Signaling.Tests.Deploy.GeoDns;

/// <summary>What the name server answers while all regions are ready.</summary>
internal sealed partial class AnswerTests
{
    private FakeRegions _regions = null!;
    private NameServer _server = null!;

    private static IEnumerable<TestCaseData> Clients =>
    [
        new("203.0.113.0/24", Addresses.Seoul) { TestName = "A client in Korea is sent to Seoul" },
        new("2001:db8:8234:5600::/56", Addresses.Seoul) { TestName = "A client in Korea with IPv6 is sent to Seoul" },
        new("203.0.113.70", Addresses.Seoul) { TestName = "A client in Japan is sent to Seoul" },
        new("203.0.113.100", Addresses.Seoul) { TestName = "A client in Singapore is sent to Seoul" },
        new("203.0.113.115", Addresses.Frankfurt) { TestName = "A client of a subnet inside another one's is sent where the inner one is" },
        new("198.51.100.0/24", Addresses.Frankfurt) { TestName = "A client in Germany is sent to Frankfurt" },
        new("2001:db8:4999::/48", Addresses.Frankfurt) { TestName = "A client in Germany with IPv6 is sent to Frankfurt" },
        new("198.51.100.70", Addresses.Frankfurt) { TestName = "A client in France is sent to Frankfurt" },
        new("198.51.100.130", Addresses.Virginia) { TestName = "A client in the USA is sent to Virginia" },
        new("2001:db8:1001::/48", Addresses.Virginia) { TestName = "A client in the USA with IPv6 is sent to Virginia" },
        new("198.51.100.200", Addresses.Virginia) { TestName = "A client in Brazil is sent to Virginia" },
        new("192.0.2.200", Addresses.Seoul) { TestName = "A client in no known place is sent to Seoul" },
        new("2001:db8:ffff::/48", Addresses.Seoul) { TestName = "A client in no known place with IPv6 is sent to Seoul" },
        new(null, Addresses.Frankfurt) { TestName = "A client whose resolver tells no subnet is sent where the resolver is" },
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _regions = await FakeRegions.StartAsync();
        _server = await NameServer.StartAsync(_regions);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        await _regions.DisposeAsync();
    }

    [TestCaseSource(nameof(Clients))]
    public async Task A_client_is_sent_to_its_region(string? subnet, Addresses expected) => (await _server.AskAsync(subnet)).Should().Be(expected);

    [TestCase("A")]
    [TestCase("AAAA")]
    public async Task A_resolver_may_keep_an_answer_for_30_seconds(string type)
    {
        (await _server.ShowAsync("203.0.113.0/24", type)).Should().MatchRegex($@"signaling\.example\.com\.\s+30\s+IN\s+{type}\s");
    }

    /// <summary>RFC 7871, section 7.2.1: a resolver reuses an answer for all clients of the subnet that the answer names.</summary>
    [TestCase("192.0.2.200", "198.51.100.0/26")]
    [TestCase("203.0.114.1", "203.0.113.0/26")]
    [TestCase("198.51.100.230", "198.51.100.192/27")]
    [TestCase("203.0.113.100", "203.0.113.112/28")]
    [TestCase("2001:db8:6501::1", "2001:db8:6580::/44")]
    [TestCase("2001:db8:ffff::1", "2001:db8:8200::/40")]
    public async Task An_answer_holds_for_no_subnet_that_has_another(string client, string other)
    {
        var scope = int.Parse(Scope().Match(await _server.ShowAsync(client, "A")).Groups["length"].ValueSpan);

        scope.Should().BePositive();
        Network(client, scope).Contains(IPNetwork.Parse(other).BaseAddress).Should().BeFalse();
    }

    [Test]
    public async Task Tables_that_contradict_each_other_are_refused_and_change_nothing()
    {
        var places = await _server.ReadAsync("places.txt");
        var before = await _server.ReadAsync("geoip.conf");
        await _server.WriteAsync("places.txt", $"{places}AS KR tokyo\n");
        try
        {
            var (code, output) = await _server.RenderAsync();

            code.Should().NotBe(0);
            output.Should().Contain("no such region: tokyo");
            (await _server.ReadAsync("geoip.conf")).Should().Be(before);
        }
        finally
        {
            await _server.WriteAsync("places.txt", places);
        }
    }

    [GeneratedRegex(@"CLIENT-SUBNET: \S+/\d+/(?<length>\d+)")]
    private static partial Regex Scope();

    private static IPNetwork Network(string client, int length)
    {
        var bytes = IPAddress.Parse(client).GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new(new IPAddress(bytes), length);
    }
}
