using System.Net;
using System.Net.Sockets;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>What the node offers and tells to whom it does not know.</summary>
internal sealed class ExposureTests
{
    private const int UnsupportedFamily = 440;
    private const int UnsupportedTransport = 442;
    private const byte Ipv6 = 0x02;
    private const byte TcpRelay = 6;

    private TurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _node = await TurnNode.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [Test]
    public async Task It_listens_for_UDP_TCP_and_TLS_and_nothing_else()
    {
        (await _node.ListenersAsync()).Should().Equal(
            "tcp 192.0.2.10:3478", "tcp 192.0.2.10:443", "tcp [2001:db8:10::10]:3478", "tcp [2001:db8:10::10]:443", "udp 192.0.2.10:3478", "udp [2001:db8:10::10]:3478");
    }

    [Test]
    public async Task It_has_no_console_even_with_a_password_for_it()
    {
        await using var node = await TurnNode.StartAsync(new TurnFiles().Adding("cli-password=secret"));

        (await node.ListenersAsync()).Should().NotContain(listener => listener.EndsWith(":5766", StringComparison.Ordinal));
    }

    [Test]
    public async Task It_relays_no_TCP() => (await (await _node.ConnectAsync(Way.Tcp)).AllocateAsync(relay: TcpRelay)).Should().Be(UnsupportedTransport);

    [TestCase(Way.Udp)]
    [TestCase(Way.Udp6)]
    [TestCase(Way.Tls)]
    public async Task It_relays_from_no_IPv6_address(Way way) => (await (await _node.ConnectAsync(way)).AllocateAsync(Ipv6)).Should().Be(UnsupportedFamily);

    [TestCase(Way.Udp)]
    [TestCase(Way.Udp6)]
    [TestCase(Way.Tcp)]
    [TestCase(Way.Tls)]
    public async Task Who_asks_for_his_address_is_told_that_and_no_more(Way way)
    {
        var answer = await (await _node.ConnectAsync(way)).AskAsync(StunMethod.Binding);

        answer.Attributes.Should().Equal(StunAttribute.XorMappedAddress, StunAttribute.Fingerprint);
    }

    [Test]
    public async Task It_says_nothing_of_its_other_addresses()
    {
        await using var node = await TurnNode.StartAsync(new TurnFiles().Adding("listening-ip=203.0.113.20"));

        var answer = await (await node.ConnectAsync()).AskAsync(StunMethod.Binding);

        answer.Attributes.Should().Equal(StunAttribute.XorMappedAddress, StunAttribute.Fingerprint);
    }

    [Test]
    public async Task It_tells_its_version_to_nobody()
    {
        var client = await _node.ConnectAsync();

        (await client.AskAsync(StunMethod.Allocate)).Attributes.Should().NotContain(StunAttribute.Software);
    }

    /// <summary>RFC 3489: no cookie, so the address comes back in clear, at whatever source was forged.</summary>
    [Test]
    public async Task It_does_not_answer_the_STUN_of_old()
    {
        using var socket = await _node.OpenAsync(ProtocolType.Udp);
        var (server, request) = (new IPEndPoint(TurnNode.Address, TurnNode.Port), StunMessage.Request(StunMethod.Binding));
        var old = StunMessage.Request(StunMethod.Binding).Encode();
        old[4] ^= 0xFF;
        var answer = new byte[1024];

        await socket.SendToAsync(old, server);
        await socket.SendToAsync(request.Encode(), server);
        await socket.ReceiveFromAsync(answer, server).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);

        answer[8..20].Should().Equal(request.Transaction, "the first answer is to the second question");
    }

    [TestCase("tls1", false)]
    [TestCase("tls1_1", false)]
    [TestCase("tls1_2", true)]
    public async Task It_takes_no_TLS_older_than_1_2_even_where_the_system_would(string version, bool takes)
    {
        var files = new TurnFiles().Adding("cipher-list=DEFAULT@SECLEVEL=0");
        var lax = files.PathOf("openssl.cnf");
        await File.WriteAllTextAsync(lax, "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = any\n[any]\nMinProtocol = TLSv1\nCipherString = DEFAULT@SECLEVEL=0\n");
        await using var node = await TurnNode.StartAsync(files, new Dictionary<string, string> { ["OPENSSL_CONF"] = lax });

        // It does not refuse, it falls silent.
        var patience = takes ? 25 : 3;
        var said = await node.RunAsync(
            "sh", "-c", $"OPENSSL_CONF={lax} timeout {patience} openssl s_client -connect {TurnNode.Address}:{TurnNode.TlsPort} -{version} -cipher DEFAULT@SECLEVEL=0 2>&1 </dev/null || true");

        said.Contains("Cipher is ECDHE", StringComparison.Ordinal).Should().Be(takes, said);
    }

    /// <summary>Somebody who can write to a database could let himself in, and allow peers.</summary>
    [Test]
    public async Task It_opens_no_database()
    {
        (await (await _node.ConnectAsync()).AllocateAsync()).Should().Be(TurnClient.Granted);

        Directory.GetFiles($"/proc/{_node.Server.Id}/fd").Select(file => new FileInfo(file).LinkTarget)
            .Should().NotContain(target => target != null && target.Contains("turndb", StringComparison.Ordinal));
    }
}
