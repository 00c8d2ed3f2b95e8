using Signaling.Hub.Ice;
using Signaling.Hub.Ice.Credentials;
using Signaling.Hub.Ice.Stun;
using Signaling.Hub.Ice.Stun.Messages;

namespace Signaling.Tests.Ice.Stun;

/// <summary>The probe against a real coturn, and against a server that misbehaves as real ones seldom do.</summary>
internal sealed class StunProbeTests
{
    private const string OldSecret = "old-0123456789abcdef0123456789abcdef";
    private const string NewSecret = "new-0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(500);

    private readonly StunProbe _probe = new(TimeProvider.System);

    [TestCase("udp")]
    [TestCase("tcp")]
    public async Task A_coturn_gives_an_allocation_for_a_credential_of_its_secret(string transport)
    {
        await using var coturn = await CoturnServer.StartAsync();

        var result = await ProbeAsync(coturn, transport, Mint(coturn.Secrets[0]));

        result.Problem.Should().BeNull();
        result.RoundTrip.Should().BePositive();
        await Eventually.TrueAsync(() => coturn.Output.Contains("refreshed, realm=<signaling.test>", StringComparison.Ordinal) && coturn.Output.Contains("lifetime=0", StringComparison.Ordinal), "the allocation was given back");
    }

    [Test]
    public async Task A_plain_STUN_server_is_asked_for_a_Binding()
    {
        await using var coturn = await CoturnServer.StartAsync();

        (await _probe.RunAsync(IceUrl.Parse($"stun:127.0.0.1:{coturn.Port}")!, [], Patience, CancellationToken.None)).Problem.Should().BeNull();
    }

    [Test]
    public async Task Expired_tampered_and_foreign_credentials_are_refused()
    {
        await using var coturn = await CoturnServer.StartAsync();
        var good = Mint(coturn.Secrets[0]);
        var expired = Mint(coturn.Secrets[0], TimeSpan.FromMinutes(-1));
        var tampered = good with { Username = good.Username.Replace("peer", "pear", StringComparison.Ordinal) };
        var prolonged = expired with { Username = good.Username };

        (await ProbeAsync(coturn, "udp", expired)).Problem.Should().Contain("401");
        (await ProbeAsync(coturn, "udp", tampered)).Problem.Should().Contain("401");
        (await ProbeAsync(coturn, "udp", prolonged)).Problem.Should().Contain("401");
        (await ProbeAsync(coturn, "udp", Mint(NewSecret))).Problem.Should().Contain("401");
        (await ProbeAsync(coturn, "udp", good)).Problem.Should().BeNull();
    }

    [Test]
    public async Task While_secrets_are_rotated_old_and_new_credentials_are_good()
    {
        await using var coturn = await CoturnServer.StartAsync(new() { Secrets = [OldSecret, NewSecret] });

        (await ProbeAsync(coturn, "udp", Mint(OldSecret))).Problem.Should().BeNull();
        (await ProbeAsync(coturn, "udp", Mint(NewSecret))).Problem.Should().BeNull();
    }

    [Test]
    public async Task The_first_credential_that_is_taken_is_told()
    {
        await using var coturn = await CoturnServer.StartAsync(new() { Secrets = [OldSecret] });

        var result = await ProbeAsync(coturn, "tcp", Mint(NewSecret), Mint(OldSecret));

        result.Should().BeEquivalentTo(new { Problem = (string?)null, Credential = 1 });
    }

    [Test]
    public async Task A_full_coturn_says_so()
    {
        await using var coturn = await CoturnServer.StartAsync(new() { Settings = ["total-quota=1"] });
        await using var holder = new UdpStunConnection(new(System.Net.IPAddress.Loopback, coturn.Port), TimeProvider.System);
        await HoldAllocationAsync(holder, Mint(coturn.Secrets[0]));

        (await ProbeAsync(coturn, "udp", Mint(coturn.Secrets[0]))).Problem.Should().Be("it is full (486)");
    }

    [Test]
    public async Task A_certificate_that_is_not_trusted_is_a_problem()
    {
        await using var coturn = await CoturnServer.StartAsync(new() { Tls = true });

        (await _probe.RunAsync(IceUrl.Parse(coturn.Urls[2])!, [Mint(coturn.Secrets[0])], Patience, CancellationToken.None)).Problem.Should().Contain("certificate");
    }

    [Test]
    public async Task Nobody_there_is_a_problem()
    {
        await using var coturn = await CoturnServer.StartAsync();
        await coturn.KillAsync();

        (await ProbeAsync(coturn, "udp", Mint(coturn.Secrets[0]))).Problem.Should().NotBeNull();
        (await ProbeAsync(coturn, "tcp", Mint(coturn.Secrets[0]))).Problem.Should().NotBeNull();
    }

    [Test]
    public async Task A_stale_nonce_is_replaced()
    {
        var key = new StunKey("user", "fake", "password");
        var signed = 0;
        await using var server = new FakeServer(request => [StunMessage.Parse(request) switch
        {
            { Method: StunMethod.Binding } => Answer.To(request, StunClass.Success, (StunAttribute.XorMappedAddress, Answer.Address())),
            var message when !message!.Has(StunAttribute.MessageIntegrity) => Answer.Challenge(request, 401, "first"),
            var message when message!.Text(StunAttribute.Nonce) is "first" => Answer.Challenge(request, 438, "second"),
            var message when message!.IsSignedWith(key) && ++signed > 0 => Answer.Signed(request, key, (StunAttribute.XorRelayedAddress, Answer.Address())),
            _ => Answer.Challenge(request, 401, "third"),
        }]);

        var result = await _probe.RunAsync(server.Url("udp"), [new("user", "password")], Patience, CancellationToken.None);

        result.Problem.Should().BeNull();
        signed.Should().Be(2, "it was allocated and given back");
    }

    [Test]
    public async Task A_server_that_finds_every_nonce_stale_is_not_asked_for_ever()
    {
        var nonces = 0;
        await using var server = new FakeServer(request => [StunMessage.Parse(request) switch
        {
            { Method: StunMethod.Binding } => Answer.To(request, StunClass.Success, (StunAttribute.XorMappedAddress, Answer.Address())),
            var message => Answer.Challenge(request, message!.Has(StunAttribute.MessageIntegrity) ? 438 : 401, $"nonce {nonces++}"),
        }]);

        (await _probe.RunAsync(server.Url("tcp"), [new("user", "password")], Patience, CancellationToken.None)).Problem.Should().Contain("438");
    }

    [Test]
    public async Task An_allocation_that_somebody_else_has_granted_does_not_count()
    {
        await using var server = new FakeServer(request => [StunMessage.Parse(request) switch
        {
            { Method: StunMethod.Binding } => Answer.To(request, StunClass.Success, (StunAttribute.XorMappedAddress, Answer.Address())),
            var message when !message!.Has(StunAttribute.MessageIntegrity) => Answer.Challenge(request, 401, "nonce"),
            _ => Answer.Signed(request, new StunKey("user", "fake", "another password"), (StunAttribute.XorRelayedAddress, Answer.Address())),
        }]);

        (await _probe.RunAsync(server.Url("udp"), [new("user", "password")], Patience, CancellationToken.None)).Problem.Should().Contain("not signed");
    }

    [Test]
    public async Task A_server_that_never_answers_is_given_up()
    {
        await using var server = new FakeServer(_ => []);

        (await _probe.RunAsync(server.Url("udp"), [new("user", "password")], Little, CancellationToken.None)).Problem.Should().Be("no answer within 0.5 s");
        (await _probe.RunAsync(server.Url("tcp"), [new("user", "password")], Little, CancellationToken.None)).Problem.Should().Be("no answer within 0.5 s");
    }

    private static TurnCredential Mint(string secret, TimeSpan? lifetime = null) =>
        TurnCredential.For(secret, TimeProvider.System.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(10)), "math-101", "peer");

    private static async Task HoldAllocationAsync(UdpStunConnection connection, TurnCredential credential)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        StunRequest Allocate() => new StunRequest(StunMethod.Allocate).Add(StunAttribute.RequestedTransport, 17u << 24);
        var challenge = await connection.AskAsync(Allocate(), patience.Token);
        var (realm, nonce) = (challenge.Text(StunAttribute.Realm)!, challenge.Text(StunAttribute.Nonce)!);
        var granted = await connection.AskAsync(
            Allocate().Add(StunAttribute.Username, credential.Username).Add(StunAttribute.Realm, realm).Add(StunAttribute.Nonce, nonce)
                .Sign(new StunKey(credential.Username, realm, credential.Password)),
            patience.Token);
        granted.Class.Should().Be(StunClass.Success);
    }

    private Task<ProbeResult> ProbeAsync(CoturnServer coturn, string transport, params TurnCredential[] credentials) =>
        _probe.RunAsync(IceUrl.Parse($"turn:127.0.0.1:{coturn.Port}?transport={transport}")!, credentials, Patience, CancellationToken.None);
}
