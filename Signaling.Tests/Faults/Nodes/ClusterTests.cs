using Signaling.Client;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Nodes;

/// <summary>The cluster's own machinery, with hubs that do not know each other.</summary>
[TestFixture]
internal sealed class ClusterTests
{
    private static readonly ClusterOptions Strangers = new() { Redis = null };

    [Test]
    public async Task The_balancer_deals_connections_out_to_every_hub()
    {
        await using var cluster = await Cluster.StartAsync(Strangers);

        await using var first = await RawClient.JoinAsync(cluster.Entry.Url, "math-101");
        await using var second = await RawClient.JoinAsync(cluster.Entry.Url, "math-101");

        second.Welcome.GetProperty("roster").GetProperty("peers").GetArrayLength().Should().Be(1, "each is alone on its hub");
        cluster.Nodes.Should().OnlyContain(node => node.Process.Runs);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Dead_and_frozen_hubs_get_no_connections_until_they_are_back(bool dead)
    {
        await using var cluster = await Cluster.StartAsync(Strangers);
        var node = cluster.Nodes[0];
        if (dead) await node.Process.KillAsync();
        else node.Process.Freeze();

        await using var first = await RawClient.JoinAsync(cluster.Entry.Url, "math-101");
        await using var second = await RawClient.JoinAsync(cluster.Entry.Url, "math-101");
        second.Welcome.GetProperty("roster").GetProperty("peers").GetArrayLength().Should().Be(2, "both are on the hub that is left");
        if (dead) await node.RestartAsync();
        else node.Process.Thaw();

        await Eventually.TrueAsync(() => IsAloneAsync(cluster), "the hub that came back takes a connection");
    }

    [Test]
    public async Task A_client_moves_to_another_hub_when_its_own_ends_on_request()
    {
        await using var cluster = await Cluster.StartAsync(Strangers);
        await using var client = new SignalingClient(cluster.Entry.Url);
        var room = await client.JoinRoomAsync("math-101");
        var rejoined = new TaskCompletionSource();
        room.Rejoined += _ =>
        {
            rejoined.TrySetResult();
            return Task.CompletedTask;
        };

        (await cluster.Nodes[0].Process.TerminateAsync()).Should().Be(0);
        await rejoined.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await using var neighbour = await RawClient.JoinAsync(cluster.Nodes[1].HubUrl, "math-101");
        neighbour.Welcome.GetProperty("roster").GetProperty("peers").GetArrayLength().Should().Be(2);
    }

    private static async Task<bool> IsAloneAsync(Cluster cluster)
    {
        await using var peer = await RawClient.JoinAsync(cluster.Entry.Url, "math-101");
        return peer.Welcome.GetProperty("roster").GetProperty("peers").GetArrayLength() == 1;
    }
}
