using Signaling.Client;
using Signaling.Contracts;
using Signaling.Lab.Proxies;

namespace Signaling.Tests.Client.Negotiation;

/// <summary>Over a real hub.</summary>
internal sealed class PerfectNegotiatorTests : ClientFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Exception> errors = [];
    private readonly Observed<LogEntry> log = new();

    [Test]
    public async Task Two_clients_that_offer_at_the_same_time_agree_and_the_smaller_id_gives_way()
    {
        var (ours, theirs) = await PairAsync();
        var (one, other) = (Connection(), Connection());
        await using var negotiator = Negotiate(ours.Peer, one);
        await using var remote = Negotiate(theirs.Peer, other);

        negotiator.IsPolite.Should().Be(SignalingIds.IsPolite(ours.Room.PeerId, ours.Peer.Id));
        remote.IsPolite.Should().Be(!negotiator.IsPolite);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Task.Run(one.RestartIceAsync), Task.Run(other.RestartIceAsync));
            await Task.WhenAll(one.UntilAsync(connection => connection.IsNegotiated), other.UntilAsync(connection => connection.IsNegotiated));
        }

        (negotiator.IsPolite ? other : one).Yielded.Should().Be(0);
        one.RemoteDescription.Should().Be(other.LocalDescription);
        other.RemoteDescription.Should().Be(one.LocalDescription);
        await one.UntilAsync(connection => connection.Added.Any(added => added.UsernameFragment == FakePeerConnection.UfragOf(other.LocalDescription)));
        errors.Should().BeEmpty();
    }

    [Test]
    public async Task A_failed_connection_comes_back_over_new_candidates()
    {
        var (ours, theirs) = await PairAsync();
        var (one, other) = (Connection(), Connection());
        await using var negotiator = Negotiate(ours.Peer, one);
        await using var remote = Negotiate(theirs.Peer, other);
        one.Need();
        await one.UntilAsync(connection => connection.IsNegotiated);
        var before = FakePeerConnection.UfragOf(other.RemoteDescription);

        one.Become(PeerConnectionState.Failed);
        await one.UntilAsync(connection => connection.Restarts == 1);
        await other.UntilAsync(connection => connection.IsNegotiated && FakePeerConnection.UfragOf(connection.RemoteDescription) != before);
    }

    [Test]
    public async Task A_peer_that_leaves_ends_it_without_a_word()
    {
        var (ours, theirs) = await PairAsync();
        var connection = Connection();
        await using var negotiator = Negotiate(ours.Peer, connection);
        connection.Need();
        await theirs.Peer.Signals.TakeAsync(1);
        var left = new Observed<PeerDeparture>();
        ours.Room.PeerLeft += left.Handle;

        var leaving = theirs.Room.LeaveAsync();
        for (var i = 0; i < 50; i++) connection.Gather(new() { Candidate = $"candidate:{i}" });
        await leaving;
        await left.NextAsync();
        connection.Gather(new() { Candidate = "candidate:late" });
        await negotiator.RestartIceAsync();
        connection.Become(PeerConnectionState.Failed);
        await negotiator.DisposeAsync();

        errors.Should().BeEmpty();
        connection.IsObserved.Should().BeFalse();
    }

    [Test]
    public async Task Nothing_of_an_old_negotiation_gets_into_the_one_after_a_rejoin()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var (ours, theirs) = await PairAsync(proxy.Url);
        var rejoined = new Observed<RoomRejoined>();
        ours.Room.Rejoined += rejoined.Handle;
        var arrived = new Observed<RemotePeer>();
        theirs.Room.PeerJoined += arrived.Handle;
        var old = Connection();
        await using var before = Negotiate(ours.Peer, old);

        await Hub.ForgetAsync(ours.Room);
        proxy.Cut();
        await rejoined.NextAsync();
        old.Gather(new() { Candidate = "candidate:old" });
        old.Need();
        var next = Connection();
        await using var after = Negotiate(ours.Room.Peers.Single(), next);
        next.Need();

        var back = await arrived.NextAsync(peer => peer.Id == ours.Room.PeerId);
        (await back.Signals.TakeAsync(2)).Select(signal => FakePeerConnection.UfragOf(signal.Description) + signal.Candidates?[0].UsernameFragment)
            .Should().OnlyContain(ufrag => ufrag == FakePeerConnection.UfragOf(next.LocalDescription));
        errors.Should().BeEmpty();
    }

    [Test]
    public async Task Disposal_waits_for_what_runs_and_begins_nothing_more()
    {
        var (ours, theirs) = await PairAsync();
        var (entered, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        var connection = new FakePeerConnection(() =>
        {
            entered.TrySetResult();
            return goOn.Task;
        });
        var negotiator = Negotiate(ours.Peer, connection);
        await theirs.Peer.SendOfferAsync("v=0\r\na=ice-ufrag:u1\r\n");
        await entered.Task.WaitAsync(Patience);

        var disposal = negotiator.DisposeAsync().AsTask();
        disposal.IsCompleted.Should().BeFalse("the description is being applied");
        goOn.SetResult();
        await disposal.WaitAsync(Patience);

        connection.SignalingState.Should().Be(PeerSignalingState.HaveRemoteOffer, "no answer was begun");
        connection.IsObserved.Should().BeFalse();
    }

    [Test]
    public async Task Disposal_does_not_wait_for_a_signal_that_cannot_go_out()
    {
        await using var proxy = new FaultProxy(Hub.HubUrl);
        var (ours, _) = await PairAsync(proxy.Url);
        var changes = new Observed<ConnectionStateChange>();
        ours.Client.StateChanged += changes.Handle;
        var connection = Connection();
        var negotiator = Negotiate(ours.Peer, connection);
        proxy.Refuses = true;
        proxy.Cut();
        await changes.NextAsync(change => change is { Current: ConnectionState.Reconnecting });
        connection.Need();
        await connection.UntilAsync(needing => needing.SignalingState is PeerSignalingState.HaveLocalOffer);

        await negotiator.DisposeAsync().AsTask().WaitAsync(Patience);

        errors.Should().BeEmpty();
    }

    [Test]
    public async Task An_error_is_told_to_the_app_which_may_dispose_at_once()
    {
        var (ours, theirs) = await PairAsync();
        var connection = Connection();
        connection.Fails = new InvalidOperationException("No SDP.");
        var told = new Observed<Exception>();
        PerfectNegotiator? negotiator = null;
        negotiator = new(ours.Peer, connection, new()
        {
            OnError = async error =>
            {
                await negotiator!.DisposeAsync();
                await told.Handle(error);
            },
        });

        await theirs.Peer.SendOfferAsync("v=0\r\na=ice-ufrag:u1\r\n");

        (await told.NextAsync()).Message.Should().Be("No SDP.");
        await negotiator.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    [Test]
    public async Task An_error_is_logged_and_what_the_app_throws_then_as_well()
    {
        var (ours, theirs) = await PairAsync(configure: options => options.LoggerFactory = new LogTo(log));
        var connection = Connection();
        connection.Fails = new InvalidOperationException("No SDP.");
        await using var negotiator = new PerfectNegotiator(ours.Peer, connection, new() { OnError = _ => throw new NotSupportedException() });

        await theirs.Peer.SendOfferAsync("v=0\r\na=ice-ufrag:u1\r\n");
        (await log.NextAsync(entry => entry.Exception is InvalidOperationException)).Text.Should().Be($"Negotiating with {theirs.Room.PeerId} failed.");
        await log.NextAsync(entry => entry.Exception is NotSupportedException);

        await theirs.Peer.SendOfferAsync("v=0\r\na=ice-ufrag:u2\r\n");
        await connection.UntilAsync(answering => answering.LocalDescription?.Type is SdpType.Answer);
    }

    private static FakePeerConnection Connection() => new(async () => await Task.Yield());

    private PerfectNegotiator Negotiate(RemotePeer peer, FakePeerConnection connection) => new(peer, connection, new()
    {
        OnError = error =>
        {
            lock (errors) errors.Add(error);
            return Task.CompletedTask;
        },
    });

    private async Task<(End Ours, End Theirs)> PairAsync(Uri? url = null, Action<SignalingClientOptions>? configure = null)
    {
        var other = Client();
        var theirs = await other.JoinRoomAsync("math-101");
        var arrived = new Observed<RemotePeer>();
        theirs.PeerJoined += arrived.Handle;
        var client = Client(url, configure);
        var ours = await client.JoinRoomAsync("math-101");
        var peer = await arrived.NextAsync();
        theirs.PeerJoined -= arrived.Handle;
        return (new(client, ours, ours.Peers.Single()), new(other, theirs, peer));
    }

    /// <summary>What one of two clients has of the other.</summary>
    private sealed record End(SignalingClient Client, Room Room, RemotePeer Peer);
}
