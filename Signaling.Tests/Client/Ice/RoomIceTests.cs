using Microsoft.Extensions.Time.Testing;
using Signaling.Client;
using Signaling.Contracts;
using Signaling.Tests.Client.Negotiation;
using Signaling.Tests.Client.Resuming;

namespace Signaling.Tests.Client.Ice;

/// <summary>What the client sees to beside the negotiation: servers, relay-only rooms, restarts, reports.</summary>
internal sealed class RoomIceTests : ResumeFixture
{
    private const string Host = "candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0";
    private const string Relay = "candidate:2 1 udp 41885439 203.0.113.9 61000 typ relay raddr 0.0.0.0 rport 9";

    private readonly FakeTimeProvider time = new();

    [Test]
    public async Task Servers_are_fetched_anew_before_their_credentials_expire_again_and_again_and_given_to_the_calls_and_the_app()
    {
        Rooms.Ice = ServersThatExpire("first", seconds: 600);
        Rooms.FreshIce = ServersThatExpire("second", seconds: 300);
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var told = new Observed<IceServerList>();
        room.IceServersChanged += told.Handle;
        var connection = Connection();
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        (await connection.Configurations.NextAsync()).Servers.Should().BeSameAs(room.Ice.Servers);

        time.Advance(TimeSpan.FromSeconds(449));
        Rooms.IceFetches.Seen.Should().Be(0, "three quarters of their time are not over");
        time.Advance(TimeSpan.FromSeconds(61));

        await Rooms.IceFetches.NextAsync();
        (await told.NextAsync()).Servers[0].Username.Should().Be("second");
        room.Ice.Servers[0].Username.Should().Be("second");
        (await connection.Configurations.NextAsync()).Servers[0].Username.Should().Be("second");
        time.Advance(TimeSpan.FromSeconds(255));
        await Rooms.IceFetches.NextAsync();
    }

    [Test]
    public async Task Servers_that_a_resume_brings_are_given_to_the_calls()
    {
        Rooms.Ice = ServersThatExpire("first", seconds: 600);
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection();
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        await connection.Configurations.NextAsync();

        Rooms.Ice = ServersThatExpire("second", seconds: 600);
        Hub.Cut(room.PeerId);

        (await connection.Configurations.NextAsync()).Servers[0].Username.Should().Be("second");
    }

    [Test]
    public async Task A_connection_has_its_servers_and_policy_before_it_makes_an_offer()
    {
        Rooms.Policy = IceTransportPolicy.Relay;
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var (connection, goOn) = (Connection(), new TaskCompletionSource());
        connection.Configuring = goOn.Task;
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        connection.Need();
        goOn.SetResult();

        (await connection.Configurations.NextAsync()).Should().Be((room.Ice.Servers, IceTransportPolicy.Relay, null));
        await connection.UntilAsync(offering => offering.LocalDescription is not null);
    }

    [Test]
    public async Task An_app_that_configures_the_connection_itself_is_left_alone()
    {
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection();
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection, new() { ConfigureIce = false });
        connection.Need();
        await connection.UntilAsync(offering => offering.LocalDescription is not null);

        connection.Configurations.Seen.Should().Be(0);
    }

    [Test]
    public async Task In_a_relay_only_room_no_other_candidate_gets_out_or_in()
    {
        Rooms.Policy = IceTransportPolicy.Relay;
        var other = await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var peer = room.Peers.Single();

        await peer.SendOfferAsync(SdpOf(Host, Relay)).InTimeAsync();
        await peer.SendCandidatesAsync([new() { Candidate = Host }]).InTimeAsync();
        await peer.SendCandidatesAsync([new() { Candidate = Host }, new() { Candidate = Relay }]).InTimeAsync();
        await Rooms.DeliverAsync(other, room.PeerId, new() { Room = "", Description = new() { Type = SdpType.Answer, Sdp = SdpOf(Host, Relay) }, Seq = 1 });
        await Rooms.DeliverAsync(other, room.PeerId, new() { Room = "", Candidates = [new() { Candidate = Host }], Seq = 2 });
        await Rooms.DeliverAsync(other, room.PeerId, new() { Room = "", Candidates = [new() { Candidate = Host }, new() { Candidate = Relay }, new() { Candidate = "" }], Seq = 3 });

        room.IceTransportPolicy.Should().Be(IceTransportPolicy.Relay);
        (await Rooms.Accepted.NextAsync(HasPayload)).Description!.Sdp.Should().Be(SdpOf(Relay));
        (await Rooms.Accepted.NextAsync(HasPayload)).Candidates.Should().Equal(new IceCandidate { Candidate = Relay });
        var received = await peer.Signals.TakeAsync(2);
        received[0].Description!.Sdp.Should().Be(SdpOf(Relay));
        received[1].Candidates!.Select(candidate => candidate.Candidate).Should().Equal(Relay, "");
    }

    [Test]
    public async Task In_a_relay_only_room_a_negotiator_tells_relayed_candidates_alone()
    {
        Rooms.Policy = IceTransportPolicy.Relay;
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection(candidates: 0);
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        connection.Gather(new() { Candidate = Host });
        connection.Gather(new() { Candidate = Relay });

        (await Rooms.Accepted.NextAsync(HasPayload)).Candidates.Should().Equal(new IceCandidate { Candidate = Relay });
    }

    [Test]
    public async Task In_any_other_room_every_candidate_gets_out()
    {
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        await room.Peers.Single().SendOfferAsync(SdpOf(Host)).InTimeAsync();

        room.IceTransportPolicy.Should().Be(IceTransportPolicy.All);
        (await Rooms.Accepted.NextAsync(HasPayload)).Description!.Sdp.Should().Be(SdpOf(Host));
    }

    [Test]
    public async Task A_change_of_the_network_restarts_the_calls()
    {
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection();
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        connection.Become(PeerConnectionState.Connected);

        Clients[0].NotifyNetworkChanged();

        await connection.UntilAsync(restarted => restarted.Restarts == 1);
    }

    [Test]
    public async Task A_restart_in_vain_is_followed_by_one_with_fresh_servers()
    {
        Rooms.FreshIce = ServersThatExpire("second", seconds: 600);
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection();
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        await connection.Configurations.NextAsync();
        time.Advance(TimeSpan.FromSeconds(10));
        await negotiator.RestartIceAsync();
        connection.Become(PeerConnectionState.Failed);
        Rooms.IceFetches.Seen.Should().Be(0);

        await AsTimePassesAsync(connection.UntilAsync(restarted => restarted.Restarts == 2));
        (await connection.Configurations.NextAsync()).Servers[0].Username.Should().Be("second");
    }

    [Test]
    public async Task What_came_of_a_call_is_told_and_again_when_it_changes()
    {
        var other = await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection();
        connection.SelectedPair = new() { Local = CandidateType.Host, Remote = CandidateType.Srflx, Protocol = TransportProtocol.Udp };
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        await ConnectAsync(connection, other, room, seq: 1, "u1");

        var report = await AsTimePassesAsync(Rooms.Reports.NextAsync());
        report.Should().BeEquivalentTo(new
        {
            Room = "math-101", PeerId = other.Info.Id, Outcome = ConnectionOutcome.Connected, Restarts = 0, IceState = "connected",
            LocalCandidate = CandidateType.Host, RemoteCandidate = CandidateType.Srflx, Protocol = TransportProtocol.Udp,
        });

        await negotiator.RestartIceAsync();
        await connection.UntilAsync(offering => offering.SignalingState is PeerSignalingState.HaveLocalOffer);
        await AnswerAsync(other, room, seq: 2, "u2");
        await connection.UntilAsync(negotiated => negotiated.IsNegotiated);
        connection.Become(PeerConnectionState.Connected);

        (await AsTimePassesAsync(Rooms.Reports.NextAsync())).Restarts.Should().Be(1);
        negotiator.IceRestarts.Should().Be(1);
    }

    [Test]
    public async Task What_came_of_a_call_is_told_before_we_leave()
    {
        await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        var connection = Connection();
        await using var negotiator = new PerfectNegotiator(room.Peers.Single(), connection);
        connection.Need();
        await Rooms.Accepted.NextAsync(signal => signal.Description is not null);

        await room.LeaveAsync();

        (await Rooms.Reports.NextAsync()).Outcome.Should().Be(ConnectionOutcome.Abandoned);
    }

    [Test]
    public async Task An_app_without_a_negotiator_reports_by_itself_and_hears_what_the_hub_thinks_of_it()
    {
        var other = await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        await room.ReportConnectionAsync(ReportOf(other)).InTimeAsync();
        (await Rooms.Reports.NextAsync()).Should().BeEquivalentTo(ReportOf(other) with { Room = "math-101" });

        Rooms.RefuseReport = new(ErrorCode.InvalidReport, "No.");
        var refused = () => room.ReportConnectionAsync(ReportOf(other)).InTimeAsync();

        (await refused.Should().ThrowAsync<SignalingException>()).Which.Code.Should().Be(ErrorCode.InvalidReport);
    }

    [Test]
    public async Task A_hub_that_does_not_know_reports_is_not_asked_again_one_that_refuses_one_is()
    {
        var other = await Rooms.AddAsync("math-101");
        var room = await JoinAsync();
        Rooms.RefuseReport = new(ErrorCode.InvalidReport, "No.");
        room.Report(ReportOf(other), last: false);
        await Rooms.Reports.NextAsync();
        Rooms.RefuseReport = new(ErrorCode.UnknownMethod, "There is no such method.");
        room.Report(ReportOf(other), last: false);
        await Rooms.Reports.NextAsync();
        await Log.NextAsync(entry => entry.Exception is SignalingException { Code: ErrorCode.UnknownMethod });

        room.Report(ReportOf(other), last: false);
        room.Report(ReportOf(other), last: true);
        await room.RefreshIceAsync().InTimeAsync();

        Rooms.Reports.Seen.Should().Be(0);
    }

    private Observed<LogEntry> Log { get; } = new();

    private static bool HasPayload(Signal signal) => signal.Description is not null || signal.Candidates is not null;

    private static ConnectionReport ReportOf(FakePeer other) => new() { Room = "", PeerId = other.Info.Id, Outcome = ConnectionOutcome.Connected, Restarts = 0 };

    private static string SdpOf(params string[] candidates) => string.Concat(["v=0\r\n", .. candidates.Select(line => $"a={line}\r\n")]);

    private static IceServerList ServersThatExpire(string user, int seconds) => new()
    {
        Servers = [new() { Urls = ["turn:turn.example.com"], Username = user, Credential = "x" }],
        ExpiresInSeconds = seconds,
    };

    private static FakePeerConnection Connection(int candidates = 1) => new(async () => await Task.Yield(), candidates);

    /// <summary>Whatever is to be done first sets its timer when it gets there.</summary>
    private async Task AsTimePassesAsync(Task awaited)
    {
        while (!awaited.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        await awaited;
    }

    private async Task<T> AsTimePassesAsync<T>(Task<T> awaited)
    {
        await AsTimePassesAsync((Task)awaited);
        return await awaited;
    }

    private async Task<Room> JoinAsync() => await Client(options =>
    {
        options.TimeProvider = time;
        options.LoggerFactory = new LogTo(Log);
    }).JoinRoomAsync("math-101");

    private async Task ConnectAsync(FakePeerConnection connection, FakePeer other, Room room, long seq, string ufrag)
    {
        connection.Need();
        await connection.UntilAsync(offering => offering.SignalingState is PeerSignalingState.HaveLocalOffer);
        await AnswerAsync(other, room, seq, ufrag);
        await connection.UntilAsync(negotiated => negotiated.IsNegotiated);
        connection.IceBecome("connected");
        connection.Become(PeerConnectionState.Connected);
    }

    private Task AnswerAsync(FakePeer other, Room room, long seq, string ufrag) => Rooms.DeliverAsync(
        other, room.PeerId, new() { Room = "", Description = new() { Type = SdpType.Answer, Sdp = $"v=0\r\na=ice-ufrag:{ufrag}\r\n" }, Seq = seq });
}
