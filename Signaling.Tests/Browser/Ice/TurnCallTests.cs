using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Playwright;
using Signaling.Hub.Ice;
using Signaling.Hub.Ice.Credentials;
using Signaling.Tests.Browser.Pages;
using Signaling.Tests.Hosting;
using Signaling.Tests.Ice;

namespace Signaling.Tests.Browser.Ice;

/// <summary>Real calls over a real coturn.</summary>
[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TurnCallTests : IAsyncDisposable
{
    private readonly RelayOnlyWelcome _relayOnly = new();
    private CoturnServer _coturn = null!;
    private IBrowser? _browser;
    private People _people = null!;
    private InProcessHub? _hub;

    [SetUp]
    public async Task StartAsync()
    {
        _coturn = await CoturnServer.StartAsync(new() { Tls = true });
        _browser = await Chromium.LaunchAsync($"--ignore-certificate-errors-spki-list={KeyHash(_coturn.CertificateFile!)}");
        _people = new(_browser);
    }

    public async ValueTask DisposeAsync()
    {
        if (_people is not null) await _people.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        if (_hub is not null) await _hub.DisposeAsync();
        if (_coturn is not null) await _coturn.DisposeAsync();
    }

    [TestCase("udp")]
    [TestCase("tcp")]
    [TestCase("tls")]
    public async Task In_a_relay_only_room_a_call_runs_over_TURN_alone(string transport)
    {
        var (mina, jonas) = await BeginAsync(transport);

        foreach (var person in new[] { mina, jonas })
        {
            var path = await person.PathAsync();
            path.Local.Should().Be("relay");
            path.RelayProtocol.Should().Be(transport);
        }

        _relayOnly.Candidates.Should().NotBeEmpty().And.OnlyContain(candidate => candidate.Contains(" typ relay raddr 0.0.0.0 rport 9", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_call_whose_path_was_lost_with_the_relay_goes_on_after_an_ICE_restart()
    {
        var (mina, jonas) = await BeginAsync("udp");
        var ids = (await mina.PeerIdAsync(), await jonas.PeerIdAsync());

        await _coturn.KillAsync(); // What it relayed is gone, though it comes back.
        await _coturn.StartAgainAsync();

        await Task.WhenAll(mina.RestartedAsync(), jonas.RestartedAsync());
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        (await mina.PeerIdAsync(), await jonas.PeerIdAsync()).Should().Be(ids);
        (await mina.PathAsync()).Local.Should().Be("relay");
    }

    private async Task<(CallPage Mina, CallPage Jonas)> BeginAsync(string transport)
    {
        var url = _coturn.Urls.Single(url => transport == "tls" ? url.StartsWith("turns:", StringComparison.Ordinal) : url.EndsWith($"transport={transport}", StringComparison.Ordinal) && !url.StartsWith("turns:", StringComparison.Ordinal));
        _hub = await InProcessHub.StartAsync(options => options.Ice.Servers.Add(Credentials(url)), map: CallPageFolder.Serve);
        var (mina, jonas) = (await JoinAsync("Mina"), await JoinAsync("Jonas"));
        await Task.WhenAll(mina.SeesMotionOfAsync("Jonas"), jonas.SeesMotionOfAsync("Mina"));
        return (mina, jonas);
    }

    private async Task<CallPage> JoinAsync(string name)
    {
        var page = await _people.NewPersonAsync();
        await _relayOnly.WatchAsync(page);
        return await new LobbyPage(page, _hub!.Address).JoinByLinkAsync(name, "math-101");
    }

    private IceServerOptions Credentials(string url)
    {
        var (user, password) = TurnCredential.For(_coturn.Secrets[0], TimeProvider.System.GetUtcNow().AddHours(1), "test");
        return new() { Urls = [url], Username = user, Credential = password };
    }

    /// <summary>What Chromium takes a certificate by whose authority it does not know.</summary>
    private static string KeyHash(string certificateFile)
    {
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile));
        return Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}
