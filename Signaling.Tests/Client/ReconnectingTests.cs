using Microsoft.Extensions.DependencyInjection;
using Signaling.Client;
using Signaling.Contracts;
using Signaling.Hub.Access;
using Signaling.Lab.Proxies;
using Signaling.Tests.Hosting;

namespace Signaling.Tests.Client;

internal sealed class ReconnectingTests : ClientFixture
{
    [Test]
    public async Task A_cut_connection_resumes_every_room_as_the_same_peer_and_nobody_sees_a_leave()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var watcher = await Client().JoinRoomAsync("math-101");
        var left = new Observed<PeerDeparture>();
        watcher.PeerLeft += left.Handle;
        var states = new Observed<PeerState>();
        watcher.PeerStateChanged += peer => states.Handle(peer.State);
        var client = Client(proxy.Url);
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        var rooms = await Task.WhenAll(client.JoinRoomAsync("math-101"), client.JoinRoomAsync("math-102"));
        var ids = rooms.Select(room => room.PeerId).ToArray();
        var resumed = rooms.Select(WatchResumed).ToArray();
        await rooms[0].SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = "raised" });

        proxy.Cut();

        for (var i = 0; i < rooms.Length; i++) (await resumed[i].NextAsync()).PeerId.Should().Be(ids[i]);
        rooms.Select(room => room.PeerId).Should().Equal(ids);
        await states.NextAsync(state => state is PeerState.Connected);
        (await changes.NextAsync(change => change.Previous is ConnectionState.Connected)).Should().BeEquivalentTo(new { Current = ConnectionState.Reconnecting });
        (await changes.NextAsync(change => change.Current is ConnectionState.Connected)).Resumed.Should().BeTrue();
        watcher.Peers.Single().Attributes.Should().ContainKey("hand");
        await watcher.SendDataAsync(Json("1"));
        (await rooms[0].Messages.TakeAsync(1))[0].From.Id.Should().Be(watcher.PeerId);
        left.Seen.Should().Be(0);
    }

    [Test]
    public async Task Where_it_is_too_late_to_resume_the_room_is_joined_as_a_new_peer()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var watcher = await Client().JoinRoomAsync("math-101");
        var left = new Observed<PeerDeparture>();
        watcher.PeerLeft += left.Handle;
        var client = Client(proxy.Url);
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        var room = await client.JoinRoomAsync("math-101");
        var (id, rejoined) = (room.PeerId, Watch(room));
        await room.SetAttributesAsync(new Dictionary<string, string?> { ["hand"] = "raised" });

        await Hub.ForgetAsync(room);
        proxy.Cut();

        (await rejoined.NextAsync()).OldPeerId.Should().Be(id);
        room.PeerId.Should().NotBe(id);
        (await left.NextAsync()).Should().BeEquivalentTo(new { Peer = new { Id = id }, Reason = LeaveReason.Disconnected });
        room.Peers.Select(peer => peer.Id).Should().Equal(watcher.PeerId);
        await changes.NextAsync(change => change is { Current: ConnectionState.Connected, Previous: ConnectionState.Reconnecting, Resumed: false });
        var updated = new Observed<RemotePeer>();
        watcher.PeerUpdated += updated.Handle;
        if (!watcher.Peers.Single().Attributes.ContainsKey("hand")) await updated.NextAsync(peer => peer.Attributes.ContainsKey("hand"));
    }

    [Test]
    public async Task Data_sent_while_the_connection_is_gone_arrives_when_it_is_back()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var receiver = await Client().JoinRoomAsync("math-101");
        var client = Client(proxy.Url);
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        var sender = await client.JoinRoomAsync("math-101");
        proxy.Refuses = true;
        proxy.Cut();
        await changes.NextAsync(change => change is { Current: ConnectionState.Reconnecting, RetryIn: not null });

        var sends = Enumerable.Range(0, 10).Select(i => sender.SendDataAsync(Json($"{i}"))).ToArray();
        proxy.Refuses = false;

        (await receiver.Messages.TakeAsync(10)).Select(message => message.Data.GetInt32()).Should().Equal(Enumerable.Range(0, 10));
        await Task.WhenAll(sends);
    }

    [Test]
    public async Task Signals_of_a_peer_end_with_a_rejoin_and_begin_anew()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var other = await Client().JoinRoomAsync("math-101");
        var room = await Client(proxy.Url).JoinRoomAsync("math-101");
        var rejoined = Watch(room);
        var peer = room.Peers.Single();
        var reading = peer.Signals.TakeAsync(1);

        await Hub.ForgetAsync(room);
        proxy.Cut();

        (await reading).Should().BeEmpty();
        await rejoined.NextAsync();
        var arrived = new Observed<RemotePeer>();
        other.PeerJoined += arrived.Handle;
        var back = await arrived.NextAsync(joined => joined.Id == room.PeerId);
        await back.SendRollbackAsync();
        (await peer.Signals.TakeAsync(1)).Should().ContainSingle();
    }

    [Test]
    public async Task A_dead_connection_is_found_at_once_when_the_network_changed()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var client = Client(proxy.Url, options => options.ProbeTimeout = TimeSpan.FromMilliseconds(200));
        var room = await client.JoinRoomAsync("math-101");
        var resumed = WatchResumed(room);
        proxy.Freeze();

        client.NotifyNetworkChanged();
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        await changes.NextAsync(change => change.Current is ConnectionState.Reconnecting);
        proxy.Cut();
        proxy.Thaw();

        (await resumed.NextAsync()).PeerId.Should().Be(room.PeerId);
    }

    [Test]
    public async Task A_network_change_ends_the_wait_for_the_next_try()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl) { Refuses = true };
        var client = Client(proxy.Url, options => options.ReconnectPolicy = new AnHour());
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        var joining = client.JoinRoomAsync("math-101");
        await changes.NextAsync(change => change.RetryIn == TimeSpan.FromHours(1));

        proxy.Refuses = false;
        client.NotifyNetworkChanged();

        (await joining).PeerId.Should().NotBeEmpty();
    }

    [Test]
    public async Task Each_connection_gets_a_token_of_its_own()
    {
        await using var guarded = await InProcessHub.StartAsync(WithKey, environment: "Production");
        await using var proxy = new FaultProxy(guarded.HubUrl);
        var minted = 0;
        var client = Client(proxy.Url, options => options.TokenProvider = _ =>
        {
            minted++;
            return new(guarded.Services.GetRequiredService<TokenMinter>().Mint("mina", ["math-*"], TimeSpan.FromMinutes(5)));
        });
        var room = await client.JoinRoomAsync("math-101");
        var resumed = WatchResumed(room);

        proxy.Cut();
        await resumed.NextAsync();

        minted.Should().BeGreaterThanOrEqualTo(2);
        await client.DisposeAsync();
    }

    [Test]
    public async Task A_token_that_does_not_name_the_room_ends_the_join_with_its_code()
    {
        await using var guarded = await InProcessHub.StartAsync(WithKey, environment: "Production");
        var client = Client(guarded.HubUrl, options => options.TokenProvider = _ =>
            new(guarded.Services.GetRequiredService<TokenMinter>().Mint("mina", ["art-1"], TimeSpan.FromMinutes(5))));

        var join = () => client.JoinRoomAsync("math-101");

        (await join.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.NotAllowed);
        await client.DisposeAsync();
    }

    [Test]
    public async Task A_client_without_a_token_is_closed_with_the_reason()
    {
        await using var guarded = await InProcessHub.StartAsync(WithKey, environment: "Production");
        var client = Client(guarded.HubUrl);
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;

        var join = () => client.JoinRoomAsync("math-101");

        (await join.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.Unauthorized);
        (await changes.NextAsync(change => change.Current is ConnectionState.Closed)).Error!.Code.Should().Be(ErrorCode.Unauthorized);
        await client.DisposeAsync();
    }

    [Test]
    public async Task A_handler_that_throws_or_never_ends_harms_neither_the_client_nor_other_handlers()
    {
        var client = Client();
        client.StateChanged += _ => throw new InvalidOperationException("A bug in the app.");
        var changes = new Observed<ConnectionStateChange>();
        client.StateChanged += changes.Handle;
        var room = await client.JoinRoomAsync("math-101");
        var stuck = new TaskCompletionSource();
        var entered = new Observed<RemotePeer>();
        room.PeerJoined += async peer =>
        {
            await entered.Handle(peer);
            await stuck.Task;
        };

        var first = await Client().JoinRoomAsync("math-101");
        await entered.NextAsync();
        await first.LeaveAsync();
        for (var i = 0; i < 20; i++) await (await Client().JoinRoomAsync("math-101")).LeaveAsync();
        var last = await Client().JoinRoomAsync("math-101");
        await last.SendDataAsync(Json("\"still here\""));
        (await room.Messages.TakeAsync(1))[0].From.Id.Should().Be(last.PeerId);
        stuck.SetResult();

        (await entered.NextAsync()).Id.Should().Be(last.PeerId, "who came and went meanwhile is not told of");
        (await changes.NextAsync(change => change.Current is ConnectionState.Connected)).Should().NotBeNull();
    }

    private static Observed<RoomRejoined> Watch(Room room)
    {
        var rejoined = new Observed<RoomRejoined>();
        room.Rejoined += rejoined.Handle;
        return rejoined;
    }

    private static Observed<RoomResumed> WatchResumed(Room room)
    {
        var resumed = new Observed<RoomResumed>();
        room.Resumed += resumed.Handle;
        return resumed;
    }

    private static void WithKey(Signaling.Hub.SignalingOptions options) => options.Access.Keys.Add(new() { Secret = "an-example-secret-of-thirty-two-bytes-or-more" });

    private sealed class AnHour : ReconnectPolicy
    {
        public override TimeSpan DelayBefore(int attempt) => TimeSpan.FromHours(1);
    }
}
