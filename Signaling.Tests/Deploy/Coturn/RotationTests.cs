using System.Net;
using System.Security.Authentication;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>What is replaced while people talk: the secret, the certificate.</summary>
internal sealed class RotationTests
{
    private const int Unauthorized = 401;

    [Test]
    public async Task While_the_secret_changes_credentials_of_both_are_good()
    {
        var files = new TurnFiles();
        var next = TurnFiles.NewSecret();
        await using var node = await TurnNode.StartAsync(files.WithSecrets(files.Secret, next));

        (await AllocateAsync(node, files.Secret)).Should().Be(TurnClient.Granted);
        (await AllocateAsync(node, next)).Should().Be(TurnClient.Granted);
        (await AllocateAsync(node, TurnFiles.NewSecret())).Should().Be(Unauthorized);
    }

    [Test]
    public async Task After_the_secret_has_changed_the_old_one_is_good_for_nothing()
    {
        var files = new TurnFiles();
        var next = TurnFiles.NewSecret();
        await using var node = await TurnNode.StartAsync(files.WithSecrets(next));

        (await AllocateAsync(node, next)).Should().Be(TurnClient.Granted);
        (await AllocateAsync(node, files.Secret)).Should().Be(Unauthorized);
    }

    [Test]
    public async Task A_new_certificate_is_shown_after_a_reload_and_allocations_stay()
    {
        await using var node = await TurnNode.StartAsync();
        var (client, peer) = (await node.ConnectAsync(Way.Tls), await node.ListenAsync(TurnNode.Peer));
        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await client.PermitAsync(new IPEndPoint(TurnNode.Peer, peer.Port))).Should().Be(TurnClient.Granted);

        node.Files.Renew(); // From now on a client takes the new one alone.
        await FluentActions.Awaiting(() => node.ConnectAsync(Way.Tls)).Should().ThrowAsync<AuthenticationException>();
        node.Reload();
        await Eventually.TrueAsync(async () => await IsShownAsync(node), "the new certificate is shown");

        await peer.SendAsync("still there?", client.Relayed!);
        (await client.ReceiveAsync()).Text.Should().Be("still there?");
    }

    private static async Task<int> AllocateAsync(TurnNode node, string secret) => await (await node.ConnectAsync(credential: node.Credential("mina", secret))).AllocateAsync();

    private static async Task<bool> IsShownAsync(TurnNode node)
    {
        try
        {
            await node.ConnectAsync(Way.Tls);
            return true;
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }
}
