using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;
using Signaling.Tests.Telemetry;

namespace Signaling.Tests.Ice.Reports;

/// <summary>What becomes of a connection report, from raw clients.</summary>
internal sealed class ConnectionReportTests
{
    private const string Turn = "turn:turn.example.com:3478";

    private InProcessHub _hub = null!;
    private RawPeer _reporter = null!;
    private RawPeer _other = null!;

    private static IEnumerable<TestCaseData> OutOfBounds =>
    [
        Case("offerMs", ""","offerMs":-1"""),
        Case("answerMs", ""","answerMs":600001"""),
        Case("firstCandidateMs", ""","firstCandidateMs":-5"""),
        Case("connectedMs", ""","connectedMs":2147483647"""),
        Case("iceSetupMs", ""","iceSetupMs":600001"""),
        Case("restarts", "", restarts: -1),
        Case("restarts", "", restarts: 1001),
        Case("iceState", ""","iceState":"Failed" """),
        Case("iceState", ""","iceState":"" """),
        Case("dtlsState", ""","dtlsState":"checking" """),
        Case("serverFailures", $""","serverFailures":[{string.Join(',', Enumerable.Repeat("""{"url":"turn:t","errorCode":701}""", 9))}]"""),
        Case("serverFailures.url", $$""","serverFailures":[{"url":"turn:{{new string('x', 600)}}","errorCode":701}]"""),
        Case("serverFailures.url", ""","serverFailures":[null]"""),
        Case("serverFailures.errorCode", ""","serverFailures":[{"url":"turn:t","errorCode":0}]"""),
        Case("serverFailures.errorCode", ""","serverFailures":[{"url":"turn:t","errorCode":800}]"""),
    ];

    [SetUp]
    public async Task StartAsync()
    {
        _hub = await InProcessHub.StartAsync(options =>
        {
            options.Region = "seoul";
            options.Ice.ProbeInterval = TimeSpan.Zero;
            options.Ice.Servers = [new() { Urls = [Turn], Username = "u", Credential = "c" }];
        });
        _reporter = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
        _other = await RawClient.JoinAsync(_hub.HubUrl, "math-101");
    }

    [TearDown]
    public async Task StopAsync()
    {
        await using (_hub)
        await using (_reporter)
        await using (_other)
        {
        }
    }

    [Test]
    public async Task A_report_is_counted_with_its_times_candidates_and_restarts()
    {
        var before = await Scrape.OfAsync(_hub.Address);

        (await ReportAsync(_other.Id, ""","outcome":"connected","offerMs":12,"answerMs":45,"connectedMs":187,"iceSetupMs":175,"iceState":"completed","dtlsState":"connected","localCandidate":"relay","remoteCandidate":"srflx","protocol":"udp" """, restarts: 2)).Succeeded();

        (await Scrape.OfAsync(_hub.Address)).Since(before).Should().BeEquivalentTo(
        [
            """signaling_peer_connections_total{region="seoul",outcome="connected",failure="none"} 1""",
            """signaling_ice_restarts_sum{region="seoul",outcome="connected"} 2""",
            """signaling_ice_restarts_count{region="seoul",outcome="connected"} 1""",
            """signaling_ice_setup_seconds_sum{region="seoul",relayed="true"} 0.175""",
            """signaling_ice_setup_seconds_count{region="seoul",relayed="true"} 1""",
            """signaling_peer_connection_setup_seconds_sum{region="seoul",relayed="true"} 0.187""",
            """signaling_peer_connection_setup_seconds_count{region="seoul",relayed="true"} 1""",
            """signaling_candidate_pairs_total{region="seoul",local="relay",remote="srflx",protocol="udp"} 1""",
        ]);
    }

    [Test]
    public async Task A_failure_is_counted_with_its_reason_and_the_servers_that_are_the_hubs()
    {
        var before = await Scrape.OfAsync(_hub.Address);

        (await ReportAsync(
            _other.Id,
            ""","outcome":"failed","failure":"no-answer","serverFailures":[{"url":"turn:TURN.example.com?transport=udp","errorCode":701},{"url":"turn:evil.example.com","errorCode":701},{"url":"not a url","errorCode":701}]""")).Succeeded();

        (await Scrape.OfAsync(_hub.Address)).Since(before).Should().BeEquivalentTo(
        [
            """signaling_peer_connections_total{region="seoul",outcome="failed",failure="no-answer"} 1""",
            """signaling_ice_restarts_count{region="seoul",outcome="failed"} 1""",
            $$"""signaling_ice_server_reported_failures_total{url="{{Turn}}",code="701"} 1""",
        ]);
    }

    [Test]
    public async Task Words_of_a_newer_client_count_as_unknown()
    {
        var before = await Scrape.OfAsync(_hub.Address);

        (await ReportAsync(_other.Id, ""","outcome":"paused","failure":"weather" """)).Succeeded();

        (await Scrape.OfAsync(_hub.Address)).Since(before).Should().Contain("""signaling_peer_connections_total{region="seoul",outcome="unknown",failure="unknown"} 1""");
    }

    [Test]
    public async Task Codes_of_no_RFC_count_as_one_more()
    {
        var before = await Scrape.OfAsync(_hub.Address);

        foreach (var code in new[] { 401, 555, 666 })
        {
            (await ReportAsync(_other.Id, $$""","outcome":"failed","serverFailures":[{"url":"{{Turn}}","errorCode":{{code}}}]""")).Succeeded();
        }

        (await Scrape.OfAsync(_hub.Address)).Since(before).Should().Contain(
        [
            $$"""signaling_ice_server_reported_failures_total{url="{{Turn}}",code="401"} 1""", $$"""signaling_ice_server_reported_failures_total{url="{{Turn}}",code="other"} 2""",
        ]);
    }

    [TestCaseSource(nameof(OutOfBounds))]
    public async Task A_value_out_of_its_bounds_is_refused_by_name_and_counted_nowhere(string field, string fields, int restarts)
    {
        var before = await Scrape.OfAsync(_hub.Address);

        var error = (await ReportAsync(_other.Id, ""","outcome":"failed" """ + fields, restarts)).Error!;

        error.Should().BeEquivalentTo(new { Code = "invalid-report", Action = "give-up" });
        error.Message.Should().Contain($"{field} ");
        (await Scrape.OfAsync(_hub.Address)).Since(before).Should().Equal("""signaling_refusals_total{code="invalid-report"} 1""");
    }

    [Test]
    public async Task A_report_is_about_somebody_else_who_is_or_was_in_the_room()
    {
        await using var elsewhere = await RawClient.JoinAsync(_hub.HubUrl, "math-102");
        await _other.LeaveAsync();

        (await ReportAsync(_other.Id, ""","outcome":"abandoned" """)).Succeeded();
        (await ReportAsync(_reporter.Id, ""","outcome":"connected" """)).Code.Should().Be("invalid-report");
        (await ReportAsync(elsewhere.Id, ""","outcome":"connected" """)).Code.Should().Be("invalid-report");
        (await ReportAsync("nobody", ""","outcome":"connected" """)).Code.Should().Be("invalid-report");
        (await _reporter.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-102","peerId":"{{elsewhere.Id}}","outcome":"connected","restarts":0}""")).Code.Should().Be("not-in-room");
    }

    private static TestCaseData Case(string field, string fields, int restarts = 0) => new TestCaseData(field, fields, restarts).SetArgDisplayNames(field, fields.Length > 60 ? fields[..60] : fields, $"{restarts}");

    private Task<RawCompletion> ReportAsync(string peer, string fields, int restarts = 0) =>
        _reporter.Client.InvokeAsync("ReportConnection", $$"""{"room":"math-101","peerId":"{{peer}}","restarts":{{restarts}}{{fields}}}""");
}
