using System.Net;
using Signaling.Tests.Deploy.Coturn.Turn;

namespace Signaling.Tests.Deploy.Coturn;

/// <summary>How much one user, all users and one allocation may take.</summary>
internal sealed class QuotaTests
{
    private const int QuotaReached = 486;
    private const int UserQuota = 12;
    private const int Burst = 80;
    private const int Channel = 0x4000;
    private const int LastChannel = 0x4001;

    [Test]
    public async Task A_user_has_so_many_allocations_and_no_more()
    {
        await using var node = await TurnNode.StartAsync();
        var clients = new List<TurnClient>();
        for (var number = 0; number < UserQuota; number++)
        {
            // Credentials are renewed; the user stays the same.
            clients.Add(await node.ConnectAsync(credential: node.Credential("mina", life: TimeSpan.FromMinutes(10 + number))));
            (await clients[^1].AllocateAsync()).Should().Be(TurnClient.Granted);
        }

        (await AllocateAsync(node, "mina")).Should().Be(QuotaReached);
        (await AllocateAsync(node, "yuna")).Should().Be(TurnClient.Granted);

        (await clients[0].RefreshAsync(TimeSpan.Zero)).Should().Be(TurnClient.Granted);
        await Eventually.TrueAsync(async () => await AllocateAsync(node, "mina") is TurnClient.Granted, "the ended allocation has made room");
    }

    /// <summary>With 3 in the place of 3000.</summary>
    [Test]
    public async Task All_users_together_have_so_many_allocations_and_no_more()
    {
        await using var node = await TurnNode.StartAsync(new TurnFiles().With("turnserver.conf", "total-quota", "3"));
        foreach (var user in new[] { "mina", "yuna", "jun" }) (await AllocateAsync(node, user)).Should().Be(TurnClient.Granted);

        (await AllocateAsync(node, "hana")).Should().Be(QuotaReached);
    }

    /// <summary>With 20 kB in the place of 500, so that all of a burst could wait in the peer's buffer.</summary>
    [Test]
    public async Task An_allocation_relays_no_more_than_its_bandwidth()
    {
        await using var node = await TurnNode.StartAsync(new TurnFiles().With("turnserver.conf", "max-bps", "20000"));
        var (client, peer, last) = (await node.ConnectAsync(Way.Tcp), await node.ListenAsync(TurnNode.Peer), await node.ListenAsync(TurnNode.Peer));
        (await client.AllocateAsync()).Should().Be(TurnClient.Granted);
        (await client.BindAsync(Channel, new IPEndPoint(TurnNode.Peer, peer.Port))).Should().Be(TurnClient.Granted);
        (await client.BindAsync(LastChannel, new IPEndPoint(TurnNode.Peer, last.Port))).Should().Be(TurnClient.Granted);

        for (var sent = 0; sent < Burst; sent++) await client.SendAsync(Channel, new byte[1000]);
        await Eventually.TrueAsync(
            async () =>
            {
                await client.SendAsync(LastChannel, "last"u8.ToArray());
                return last.HasHeard;
            },
            "the burst is through");

        (await peer.DrainAsync()).Should().BeInRange(1, Burst - 1);
    }

    private static async Task<int> AllocateAsync(TurnNode node, string user) => await (await node.ConnectAsync(credential: node.Credential(user))).AllocateAsync();
}
