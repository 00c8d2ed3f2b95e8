using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class RoomTests
{
    private const int Capacity = 4;

    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _hub = await TestHub.StartAsync(options => options.Rooms.Capacity = Capacity);

    [OneTimeTearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [Test]
    public async Task Joining_by_invocation_pushes_the_welcome_before_it_completes()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url);

        (await client.InvokeAsync("Join", """{"room":"room-1","name":"Mina","attributes":{"muted":"true"},"acks":true}""")).Succeeded();

        client.Inbox.Seen.Select(RawClient.TypeOf).Should().Equal(0, 1, 3);
        var welcome = await client.MessageAsync("Welcome");
        welcome.GetProperty("roster").GetProperty("peers")[0].GetRawText().Should().Be(
            $$"""{"id":"{{welcome.GetProperty("peerId").GetString()}}","name":"Mina","attributes":{"muted":"true"},"acks":true}""");
    }

    [Test]
    public async Task A_connection_may_be_in_eight_rooms_as_a_different_peer_in_each()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url);
        var ids = new HashSet<string?>();
        for (var n = 1; n <= 8; n++)
        {
            (await client.InvokeAsync("Join", $$"""{"room":"room-2-{{n}}"}""")).Succeeded();
            ids.Add((await client.MessageAsync("Welcome")).GetProperty("peerId").GetString());
        }

        ids.Should().HaveCount(8);
        (await client.InvokeAsync("Join", """{"room":"room-2-9"}""")).Code.Should().Be("too-many-rooms");
        (await client.InvokeAsync("Leave", """{"room":"room-2-1"}""")).Succeeded();
        (await client.InvokeAsync("Join", """{"room":"room-2-9"}""")).Succeeded();
    }

    [Test]
    public async Task A_second_join_of_the_same_room_is_refused_and_changes_nothing()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "room-3");

        (await peer.Client.InvokeAsync("Join", """{"room":"room-3","name":"Again"}""")).Code.Should().Be("already-joined");

        var roster = (await peer.Client.InvokeAsync("GetRoster", """{"room":"room-3"}""")).Result;
        roster.GetRawText().Should().Be($$"""{"room":"room-3","version":1,"peers":[{"id":"{{peer.Id}}","name":"","acks":false}]}""");
    }

    [Test]
    public async Task A_full_room_refuses_by_URL_and_by_invocation_until_someone_leaves()
    {
        var peers = new List<RawPeer>();
        for (var n = 0; n < Capacity; n++) peers.Add(await RawClient.JoinAsync(_hub.Url, "room-4"));
        await using var byInvocation = await RawClient.ConnectAsync(_hub.Url);
        await using var byUrl = await RawClient.ConnectAsync(_hub.Url, "room=room-4");

        (await byInvocation.InvokeAsync("Join", """{"room":"room-4"}""")).Error.Should().BeEquivalentTo(new { Code = "room-full", Action = "retry-later" });
        (await byUrl.RefusalAsync()).Should().BeEquivalentTo(new { Code = "room-full", Action = "retry-later" });
        (await peers[0].Client.InvokeAsync("Leave", """{"room":"room-4"}""")).Succeeded();
        (await byInvocation.InvokeAsync("Join", """{"room":"room-4"}""")).Succeeded();

        foreach (var peer in peers) await peer.DisposeAsync();
    }

    [Test]
    public async Task Who_leaves_is_gone_with_the_reason_left_and_who_hangs_up_with_disconnected()
    {
        await using var stays = await RawClient.JoinAsync(_hub.Url, "room-5");
        await using var leaves = await RawClient.JoinAsync(_hub.Url, "room-5");
        await using var hangsUp = await RawClient.JoinAsync(_hub.Url, "room-5");

        (await leaves.Client.InvokeAsync("Leave", """{"room":"room-5"}""")).Succeeded();
        var left = await stays.Client.MessageAsync("PeerLeft");
        hangsUp.Client.Abort();
        var disconnected = await stays.Client.MessageAsync("PeerLeft");

        left.GetRawText().Should().Be($$"""{"room":"room-5","version":4,"peerId":"{{leaves.Id}}","reason":"left"}""");
        disconnected.GetRawText().Should().Be($$"""{"room":"room-5","version":5,"peerId":"{{hangsUp.Id}}","reason":"disconnected"}""");
        (await leaves.Client.InvokeAsync("Leave", """{"room":"room-5"}""")).Error.Should().BeEquivalentTo(new { Code = "not-in-room", Action = "rejoin" });
    }

    [Test]
    public async Task A_room_begins_with_its_first_peer_and_ends_with_its_last()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url);
        for (var life = 1; life <= 2; life++)
        {
            (await client.InvokeAsync("Join", """{"room":"room-6"}""")).Succeeded();
            (await client.MessageAsync("Welcome")).GetProperty("roster").GetProperty("version").GetInt64().Should().Be(1);
            (await client.InvokeAsync("Leave", """{"room":"room-6"}""")).Succeeded();
        }
    }

    [Test]
    public async Task Attributes_converge_for_everyone_the_sender_too()
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "room-7");
        await using var watcher = await RawClient.JoinAsync(_hub.Url, "room-7");

        await SetAsync(sender, """{"muted":"true","hand":"raised"}""");
        await SetAsync(sender, """{"hand":null,"lang":"ko"}""");
        await SetAsync(sender, """{"muted":null,"lang":null}""");

        string[] expected = ["""{"muted":"true","hand":"raised"}""", """{"muted":"true","lang":"ko"}""", "{}"];
        foreach (var peer in new[] { sender, watcher })
        {
            for (var n = 0; n < expected.Length; n++)
            {
                (await peer.Client.MessageAsync("PeerUpdated")).GetRawText().Should().Be(
                    $$"""{"room":"room-7","version":{{n + 3}},"peerId":"{{sender.Id}}","attributes":{{expected[n]}}}""");
            }
        }

        await using var late = await RawClient.JoinAsync(_hub.Url, "room-7");
        late.Welcome.GetProperty("roster").GetProperty("peers")[0].GetRawText().Should().Be($$"""{"id":"{{sender.Id}}","name":"","acks":false}""");
    }

    [Test]
    public async Task Every_change_of_a_roster_makes_the_next_version_and_ping_tells_it()
    {
        await using var watcher = await RawClient.JoinAsync(_hub.Url, "room-8");
        for (var n = 0; n < 20; n++)
        {
            await using var guest = await RawClient.JoinAsync(_hub.Url, "room-8");
            await SetAsync(guest, """{"n":"1"}""");
        }

        var versions = new List<long>();
        while (versions.Count < 60)
        {
            var delta = await watcher.Client.Inbox.TakeAsync(frame => RawClient.TypeOf(frame) is 1);
            versions.Add(delta.GetProperty("arguments")[0].GetProperty("version").GetInt64());
        }

        versions.Should().Equal(Enumerable.Range(2, 60).Select(version => (long)version));
        (await watcher.Client.InvokeAsync("Ping", """{"roundTripMs":1.5}""")).Result.GetRawText().Should().Be("""{"rosterVersions":{"room-8":61}}""");
    }

    [Test]
    public async Task Ice_servers_are_for_members()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "room-9");

        (await peer.Client.InvokeAsync("GetIceServers", """{"room":"room-9"}""")).Result.GetRawText().Should().Be("""{"servers":[]}""");
        (await peer.Client.InvokeAsync("GetIceServers", """{"room":"room-9-other"}""")).Code.Should().Be("not-in-room");
    }

    private static async Task SetAsync(RawPeer peer, string attributes) =>
        (await peer.Client.InvokeAsync("SetAttributes", $$"""{"room":"{{peer.Room}}","attributes":{{attributes}}}""")).Succeeded();
}
