using Microsoft.Extensions.Time.Testing;
using Signaling.Client;
using Signaling.Client.Negotiation.Reports;
using Signaling.Contracts;

namespace Signaling.Tests.Client.Negotiation.Reports;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConnectionReporterTests
{
    private readonly FakeTimeProvider time = new();
    private readonly List<(ConnectionReport Report, bool Last)> sent = [];
    private readonly ConnectionReporter reporter;
    private ConnectionRecord record;

    public ConnectionReporterTests()
    {
        record = new(time, (long)time.GetElapsedTime(0).TotalMilliseconds);
        reporter = new(
            record,
            (outcome, last) => sent.Add((record.Report("math-101", "b", outcome), last)),
            (delay, act) => time.CreateTimer(_ => act(), null, delay, Timeout.InfiniteTimeSpan),
            time);
    }

    private IEnumerable<(ConnectionOutcome, ConnectionFailure?, int)> Sent => sent.Select(one => (one.Report.Outcome, one.Report.Failure, one.Report.Restarts));

    [Test]
    public void A_connection_that_came_about_is_reported_once_with_all_there_is_to_tell()
    {
        Pass(0.05);
        Offer();
        record.Gathered();
        record.ServerFailed(new() { Url = "turn:turn.example.com", ErrorCode = 701 });
        record.ServerFailed(new() { Url = "turn:turn.example.com", ErrorCode = 701 });
        Pass(0.1);
        Answer();
        Pass(0.1);
        record.IceBecame("connected");
        record.DtlsBecame("connected");
        record.Selected(new() { Local = CandidateType.Relay, Remote = CandidateType.Prflx, Protocol = TransportProtocol.Udp, RelayProtocol = TransportProtocol.Tls });
        Connect();
        Pass(120);

        sent.Should().ContainSingle().Which.Should().BeEquivalentTo((new ConnectionReport
        {
            Room = "math-101", PeerId = "b", Outcome = ConnectionOutcome.Connected, OfferMs = 50, AnswerMs = 150, FirstCandidateMs = 50, ConnectedMs = 250,
            IceSetupMs = 200, Restarts = 0, IceState = "connected", DtlsState = "connected", LocalCandidate = CandidateType.Relay,
            RemoteCandidate = CandidateType.Prflx, Protocol = TransportProtocol.Udp, RelayProtocol = TransportProtocol.Tls,
            ServerFailures = [new() { Url = "turn:turn.example.com", ErrorCode = 701 }],
        }, false));
    }

    [TestCase(ConnectionFailure.NoAnswer)]
    [TestCase(ConnectionFailure.NoCandidates)]
    [TestCase(ConnectionFailure.Ice)]
    [TestCase(ConnectionFailure.Dtls)]
    public void A_connection_that_did_not_come_about_in_30_s_has_failed_and_it_is_told_how_far_it_got(ConnectionFailure failure)
    {
        Offer();
        if (failure is not ConnectionFailure.NoAnswer) Answer();
        if (failure is ConnectionFailure.Ice or ConnectionFailure.Dtls) record.Gathered();
        if (failure is ConnectionFailure.Dtls) record.IceBecame("completed");
        Pass(30);
        Pass(30);

        Sent.Should().Equal((ConnectionOutcome.Failed, failure, 0));
    }

    [Test]
    public void One_that_comes_about_after_all_is_reported_again()
    {
        Offer();
        Pass(30);
        Pass(30);
        Answer();
        Connect();
        Pass(10);

        Sent.Select(report => report.Item1).Should().Equal(ConnectionOutcome.Failed, ConnectionOutcome.Connected);
    }

    [Test]
    public void Restarts_that_both_sides_agreed_on_are_reported_at_most_every_5_s()
    {
        Offer();
        Answer();
        Connect();
        Pass(1);
        for (var n = 2; n < 42; n++)
        {
            Offer($"u{n}");
            Answer($"u{n}");
            reporter.Become(ConnectionOutcome.Connected);
            Pass(0.25);
        }

        Pass(60);
        sent.Count.Should().BeLessThanOrEqualTo(4);
        Sent.Last().Should().Be((ConnectionOutcome.Connected, null, 40));
    }

    [Test]
    public void One_that_is_closed_before_it_came_about_is_abandoned_which_is_told_at_once()
    {
        Offer();
        reporter.Close();
        Pass(60);

        sent.Should().ContainSingle().Which.Should().Match<(ConnectionReport Report, bool Last)>(one => one.Report.Outcome == ConnectionOutcome.Abandoned && one.Last);
    }

    [Test]
    public void One_that_has_not_begun_is_not_reported_at_all()
    {
        reporter.Close();
        Pass(60);

        sent.Should().BeEmpty();
    }

    [Test]
    public void A_hang_up_by_the_other_side_seen_before_its_leave_is_no_loss_a_path_that_was_gone_for_long_is([Values] bool long_)
    {
        Offer();
        Answer();
        Connect();
        Pass(10);
        record.Became(PeerConnectionState.Disconnected);
        Pass(long_ ? 12 : 2);
        reporter.Close();

        Sent.Should().Equal(long_
            ? [(ConnectionOutcome.Connected, null, 0), (ConnectionOutcome.Failed, ConnectionFailure.Lost, 0)]
            : new (ConnectionOutcome, ConnectionFailure?, int)[] { (ConnectionOutcome.Connected, null, 0) });
    }

    [Test]
    public void A_call_that_someone_begins_long_after_the_peer_was_there_counts_from_its_own_beginning()
    {
        var known = (long)time.GetElapsedTime(0).TotalMilliseconds;
        Pass(3_600);
        record = new(time, known);
        Offer();
        Pass(600.001);
        Connect();

        var report = record.Report("math-101", "b", ConnectionOutcome.Connected);
        report.OfferMs.Should().Be(0);
        report.ConnectedMs.Should().BeNull("the hub takes no time that long");
    }

    private static SessionDescription Description(string ufrag) => new() { Type = SdpType.Offer, Sdp = $"v=0\r\na=ice-ufrag:{ufrag}\r\n" };

    private void Offer(string ufrag = "u1")
    {
        reporter.Began();
        record.Applied(PeerSignalingState.HaveLocalOffer, Description(ufrag));
    }

    private void Answer(string ufrag = "u1") => record.Applied(PeerSignalingState.Stable, Description(ufrag));

    private void Connect()
    {
        record.Became(PeerConnectionState.Connected);
        reporter.Become(ConnectionOutcome.Connected);
    }

    private void Pass(double seconds) => time.Advance(TimeSpan.FromSeconds(seconds));
}
