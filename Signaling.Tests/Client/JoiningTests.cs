using System.Net;
using System.Net.Sockets;
using Signaling.Client;
using Signaling.Contracts;
using Signaling.Lab.Proxies;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Client;

internal sealed class JoiningTests : ClientFixture
{
    [Test]
    public async Task Peers_see_each_other_come_and_go()
    {
        var first = await Client().JoinRoomAsync("math-101", new() { Name = "Mina" });
        var (joined, left) = (new Observed<RemotePeer>(), new Observed<PeerDeparture>());
        first.PeerJoined += joined.Handle;
        first.PeerLeft += left.Handle;

        var second = await Client().JoinRoomAsync("math-101", new() { Name = "Jun", Attributes = new Dictionary<string, string> { ["hand"] = "raised" } });

        second.Peers.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Id = first.PeerId, Name = "Mina", IsReliable = true });
        (await joined.NextAsync()).Should().BeEquivalentTo(new { Id = second.PeerId, Name = "Jun" });
        await second.LeaveAsync();
        (await left.NextAsync()).Should().BeEquivalentTo(new { Peer = new { Id = second.PeerId }, Reason = LeaveReason.Left });
        first.Peers.Should().BeEmpty();
    }

    [Test]
    public async Task Attributes_reach_everyone_those_of_the_join_included()
    {
        var watcher = await Client().JoinRoomAsync("math-101");
        var updated = new Observed<RemotePeer>();
        watcher.PeerUpdated += updated.Handle;

        var room = await Client().JoinRoomAsync("math-101", new() { Attributes = new Dictionary<string, string> { ["hand"] = "raised" } });
        (await updated.NextAsync(peer => peer.Attributes.ContainsKey("hand"))).Id.Should().Be(room.PeerId);

        await room.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = null, ["muted"] = "yes" });
        (await updated.NextAsync(peer => peer.Attributes.ContainsKey("muted"))).Attributes.Should().Equal(new Dictionary<string, string> { ["muted"] = "yes" });
        room.Attributes.Should().ContainKey("muted");
    }

    [Test]
    public async Task An_event_that_happened_before_its_handler_was_added_waits_for_it()
    {
        var room = await Client().JoinRoomAsync("math-101");
        await Client().JoinRoomAsync("math-101", new() { Name = "Jun" });
        var joined = new Observed<RemotePeer>();

        room.PeerJoined += joined.Handle;

        (await joined.NextAsync()).Name.Should().Be("Jun");
    }

    [Test]
    public async Task Several_rooms_share_one_connection()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var client = Client(proxy.Url);

        var rooms = await Task.WhenAll(client.JoinRoomAsync("math-101"), client.JoinRoomAsync("math-102"), client.JoinRoomAsync("math-103"));

        rooms.Select(room => room.PeerId).Should().OnlyHaveUniqueItems();
        proxy.Connections.Should().Be(1);
    }

    [Test]
    public async Task The_first_connect_is_tried_again_until_the_hub_is_there()
    {
        var port = FreePort();
        var client = Client(new($"http://127.0.0.1:{port}/signaling"));
        var failed = new Observed<ConnectionStateChange>();
        client.StateChanged += failed.Handle;

        var joining = client.JoinRoomAsync("math-101");
        (await failed.NextAsync(change => change.RetryIn is not null)).Should().BeEquivalentTo(new { Previous = ConnectionState.Connecting, Current = ConnectionState.Connecting });
        await using var late = await InProcessHub.StartAsync(url: $"http://127.0.0.1:{port}");

        (await joining).PeerId.Should().NotBeEmpty();
        (await failed.NextAsync(change => change.Current is ConnectionState.Connected)).RetryIn.Should().BeNull();
        await client.DisposeAsync();
    }

    [Test]
    public async Task A_join_can_be_cancelled_while_the_hub_is_away()
    {
        var client = Client(new($"http://127.0.0.1:{FreePort()}/signaling"));
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        using var cancellation = new CancellationTokenSource();

        var joining = client.JoinRoomAsync("math-101", null, cancellation.Token);
        await changes.NextAsync(change => change.RetryIn is not null);
        await cancellation.CancelAsync();

        await joining.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await changes.NextAsync(change => change.Current is ConnectionState.Idle)).Should().NotBeNull();
        client.Rooms.Should().BeEmpty();
    }

    [Test]
    public async Task Joining_a_room_twice_is_refused_and_harms_nothing()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");

        var again = () => client.JoinRoomAsync("math-101");

        (await again.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.AlreadyJoined);
        client.Rooms.Should().Equal(room);
    }

    [Test]
    public async Task A_full_room_is_refused_with_a_link_to_what_to_do()
    {
        await using var small = await InProcessHub.StartAsync(options => options.Rooms.Capacity = 1);
        await using var holder = new SignalingClient(small.HubUrl);
        await holder.JoinRoomAsync("math-101");
        await using var late = new SignalingClient(small.HubUrl);

        var join = () => late.JoinRoomAsync("math-101");

        (await join.Should().ThrowAsync<SignalingException>()).Which.Should().BeEquivalentTo(
            new { Code = ErrorCode.RoomFull, Action = ErrorAction.RetryLater, HelpLink = "PROTOCOL.md#room-full" });
    }

    [Test]
    public async Task After_leaving_the_same_client_can_join_again()
    {
        var client = Client();
        var before = await client.JoinRoomAsync("math-101");
        await before.DisposeAsync();

        var after = await client.JoinRoomAsync("math-101");

        after.PeerId.Should().NotBe(before.PeerId);
        await before.Invoking(room => room.SendDataAsync(Json("1"))).Should().ThrowAsync<SignalingException>();
    }

    [Test]
    public async Task A_disposed_client_is_closed_and_joins_no_more()
    {
        var client = Client();
        var room = await client.JoinRoomAsync("math-101");
        var closed = new Observed<RoomClosed>();
        room.Closed += closed.Handle;

        await client.DisposeAsync();

        client.State.Should().Be(ConnectionState.Closed);
        (await closed.NextAsync()).Reason.Should().BeNull();
        await client.Invoking(one => one.JoinRoomAsync("math-102")).Should().ThrowAsync<ObjectDisposedException>();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
