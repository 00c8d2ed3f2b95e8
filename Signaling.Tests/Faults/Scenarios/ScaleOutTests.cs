using System.Text.Json;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>Two hub processes and a Redis, seen over bare sockets: peers on different nodes are as if they were on one.</summary>
internal sealed class ScaleOutTests
{
    private Cluster _cluster = null!;

    private Uri First => _cluster.Nodes[0].HubUrl;

    private Uri Second => _cluster.Nodes[1].HubUrl;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _cluster = await Cluster.StartAsync();
        await _cluster.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _cluster.DisposeAsync();

    [Test]
    public async Task Peers_of_two_nodes_see_each_other_come_change_and_go()
    {
        await using var one = await RawClient.JoinAsync(First, "see");
        await using var other = await RawClient.JoinAsync(Second, "see", "Jun");

        other.Roster().Select(Id).Should().Equal(one.Id, other.Id);
        var joined = await one.Client.MessageAsync("PeerJoined");
        joined.GetProperty("peer").GetProperty("name").GetString().Should().Be("Jun");
        (await other.Client.InvokeAsync("SetAttributes", """{"room":"see","attributes":{"hand":"raised"}}""")).Succeeded();
        (await one.Client.MessageAsync("PeerUpdated")).GetProperty("attributes").GetProperty("hand").GetString().Should().Be("raised");
        (await other.Client.InvokeAsync("Leave", """{"room":"see"}""")).Succeeded();
        (await one.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("left");
    }

    [Test]
    public async Task Signals_pass_from_node_to_node_with_the_sender_stamped()
    {
        await using var one = await RawClient.JoinAsync(First, "signals");
        await using var other = await RawClient.JoinAsync(Second, "signals");
        await one.Client.MessageAsync("PeerJoined");

        (await one.Client.InvokeAsync("Send", $$"""{"room":"signals","from":"forged","to":"{{other.Id}}","description":{"type":"offer","sdp":"v=0\r\n"},"seq":1}""")).Succeeded();

        var signal = await other.SignalAsync();
        signal.GetRawText().Should().Be($$"""{"room":"signals","from":"{{one.Id}}","to":"{{other.Id}}","description":{"type":"offer","sdp":"v=0\r\n"},"seq":1}""");
    }

    [Test]
    public async Task App_data_for_the_room_reaches_the_peers_of_every_node_with_their_own_numbers()
    {
        await using var one = await RawClient.JoinAsync(First, "data");
        await using var near = await RawClient.JoinAsync(First, "data");
        await using var far = await RawClient.JoinAsync(Second, "data");
        await one.Client.MessageAsync("PeerJoined");
        await one.Client.MessageAsync("PeerJoined");

        (await one.Client.InvokeAsync("Send", $$"""{"room":"data","seqs":{"{{near.Id}}":3,"{{far.Id}}":7},"data":"hi"}""")).Succeeded();

        (await near.SignalAsync()).GetProperty("seq").GetInt32().Should().Be(3);
        (await far.SignalAsync()).GetProperty("seq").GetInt32().Should().Be(7);
        one.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("\"Signal\"", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_signal_to_someone_who_is_not_in_the_room_is_refused_whichever_node_has_them()
    {
        await using var one = await RawClient.JoinAsync(First, "here");
        await using var elsewhere = await RawClient.JoinAsync(Second, "there");

        (await one.SendDataAsync(elsewhere.Id, "1")).Code.Should().Be("peer-not-in-room");
    }

    [Test]
    public async Task A_peer_resumes_on_the_other_node_and_nobody_sees_a_leave()
    {
        await using var watcher = await RawClient.JoinAsync(First, "resume");
        await using var peer = await RawResume.JoinResumableAsync(First, "resume");
        peer.Client.Abort();
        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");

        await using var resumed = await peer.ResumeAsync(Second);

        resumed.Id.Should().Be(peer.Id);
        (await watcher.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("connected");
        (await watcher.SendDataAsync(peer.Id, "1")).Succeeded();
        (await resumed.SignalAsync()).GetProperty("data").GetInt32().Should().Be(1);
        watcher.Client.Inbox.Seen.Should().NotContain(frame => frame.ToString().Contains("PeerLeft", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_newer_socket_on_the_other_node_wins_and_the_older_is_told()
    {
        await using var older = await RawResume.JoinResumableAsync(First, "race");

        await using var newer = await older.ResumeAsync(Second);

        (await older.Client.MessageAsync("Removed")).GetProperty("code").GetString().Should().Be("replaced");
        (await newer.Client.InvokeAsync("GetRoster", """{"room":"race"}""")).Result.GetProperty("peers").GetArrayLength().Should().Be(1);
    }

    [Test]
    public async Task The_capacity_of_a_room_counts_the_peers_of_every_node()
    {
        var peers = new List<RawPeer>();
        for (var i = 0; i < 50; i++) peers.Add(await RawClient.JoinAsync(i % 2 is 0 ? First : Second, "full"));

        await using var late = await RawClient.ConnectAsync(Second, "room=full");

        (await late.RefusalAsync())!.Code.Should().Be("room-full");
        foreach (var peer in peers) await peer.DisposeAsync();
    }

    private static string Id(JsonElement peer) => peer.GetProperty("id").GetString()!;
}
