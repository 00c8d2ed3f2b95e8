using System.Globalization;
using System.Net;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>Who may use the node.</summary>
internal sealed class CredentialTests
{
    private const int Unauthorized = 401;
    private const int StaleNonce = 438;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private TurnNode _node = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _node = await TurnNode.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null) await _node.DisposeAsync();
    }

    [Test]
    public async Task The_credential_of_a_hub_is_good()
    {
        (await AllocateAsync(_node.Credential("mina"))).Should().Be(TurnClient.Granted);
    }

    [Test]
    public async Task Nobody_allocates_without_a_credential()
    {
        var client = await _node.ConnectAsync();

        var answer = await client.AskAsync(StunMethod.Allocate);

        answer.ErrorCode.Should().Be(Unauthorized);
        (client.Realm, client.Nonce.Length).Should().Match<(string Realm, int Nonce)>(told => told.Realm == "signaling.example.com" && told.Nonce > 8);
    }

    [Test]
    public async Task An_expired_credential_is_refused() => await RefusedAsync(_node.Credential("mina", life: TimeSpan.FromSeconds(-2)));

    [Test]
    public async Task A_credential_of_another_secret_is_refused() => await RefusedAsync(_node.Credential("mina", TurnFiles.NewSecret()));

    [Test]
    public async Task A_wrong_password_is_refused() => await RefusedAsync(_node.Credential("mina") with { Password = "let me in" });

    [Test]
    public async Task An_empty_password_is_refused() => await RefusedAsync(_node.Credential("mina") with { Password = "" });

    [Test]
    public async Task A_credential_for_somebody_else_is_refused()
    {
        var credential = _node.Credential("mina");
        await RefusedAsync(credential with { User = credential.User.Replace("mina", "yuna", StringComparison.Ordinal) });
    }

    [Test]
    public async Task A_credential_with_a_later_expiry_is_refused()
    {
        var credential = _node.Credential("mina", life: TimeSpan.FromSeconds(-2));
        await RefusedAsync(credential with { User = _node.Credential("mina", life: Hour).User });
    }

    [Test]
    public async Task A_user_name_without_an_expiry_is_refused() => await RefusedAsync(_node.Credential("mina") with { User = "mina" });

    [Test]
    public async Task A_nonce_of_another_client_is_stale()
    {
        var (one, other) = (await _node.ConnectAsync(), await _node.ConnectAsync());
        (await one.AllocateAsync()).Should().Be(TurnClient.Granted);
        await other.AskAsync(StunMethod.Allocate);

        other.Nonce = one.Nonce;

        (await other.AllocateAsync()).Should().Be(StaleNonce);
        (await other.AllocateAsync()).Should().Be(TurnClient.Granted, "the refusal has told the right one");
    }

    /// <summary>With a second in the place of the ten minutes.</summary>
    [Test]
    public async Task A_nonce_grows_stale_and_the_client_goes_on_with_a_new_one()
    {
        await using var node = await TurnNode.StartAsync(new TurnFiles().With("turnserver.conf", "stale-nonce", "1"));
        var (client, peer) = (await node.ConnectAsync(), new IPEndPoint(TurnNode.Peer, 9));
        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await client.PermitAsync(peer)).Should().Be(TurnClient.Granted);

        var old = client.Nonce;
        await Eventually.TrueAsync(async () => await client.PermitAsync(peer) is StaleNonce, "the nonce is stale", TimeSpan.FromSeconds(10));

        client.Nonce.Should().NotEqual(old);
        (await client.PermitAsync(peer)).Should().Be(TurnClient.Granted);
    }

    /// <summary>So a credential need not live as long as a call, only until its client has allocated.</summary>
    [Test]
    public async Task An_allocation_outlives_its_credential()
    {
        var credential = _node.Credential("mina", life: TimeSpan.FromSeconds(2));
        var client = await _node.ConnectAsync(credential: credential);
        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        await HasExpiredAsync(credential);

        (await client.RefreshAsync(TimeSpan.FromMinutes(10))).Should().Be(TurnClient.Granted);
        await RefusedAsync(credential);
    }

    [Test]
    public async Task Without_a_secret_nobody_gets_in()
    {
        // Past the start script, which refuses to.
        var files = new TurnFiles();
        await File.WriteAllTextAsync(files.PathOf("start.sh"), "#!/bin/sh\nexec turnserver -c $CONFIGURATION_DIRECTORY/without.conf\n");
        await File.WriteAllTextAsync(
            files.PathOf("without.conf"), await File.ReadAllTextAsync(files.PathOf("turnserver.conf")) + await File.ReadAllTextAsync(files.PathOf("site.conf")));
        await using var node = await TurnNode.StartAsync(files);
        var client = await node.ConnectAsync();

        (await client.AskAsync(StunMethod.Allocate)).ErrorCode.Should().Be(Unauthorized);
        (await client.AllocateAsync()).Should().Be(Unauthorized);
    }

    private static Task HasExpiredAsync(TurnCredential credential)
    {
        var expiry = long.Parse(credential.User.Split(':')[0], CultureInfo.InvariantCulture);
        return Eventually.TrueAsync(() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() > expiry + 1, "the credential has expired");
    }

    private async Task<int> AllocateAsync(TurnCredential credential) => await (await _node.ConnectAsync(credential: credential)).AllocateAsync();

    private async Task RefusedAsync(TurnCredential credential) => (await AllocateAsync(credential)).Should().Be(Unauthorized);
}
