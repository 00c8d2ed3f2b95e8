using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;

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
        using var measured = new Measured(_hub);

        (await ReportAsync(_other.Id, ""","outcome":"connected","offerMs":12,"answerMs":45,"connectedMs":187,"iceSetupMs":175,"iceState":"completed","dtlsState":"connected","localCandidate":"relay","remoteCandidate":"srflx","protocol":"udp" """, restarts: 2)).Succeeded();

        measured.Lines.Should().BeEquivalentTo(
        [
            "signaling.connection.outcomes 1 region=seoul outcome=connected failure=none",
            "signaling.ice.restarts 2 region=seoul outcome=connected",
            "signaling.ice.setup 0.175 region=seoul relayed=True",
            "signaling.connection.setup 0.187 region=seoul relayed=True",
            "signaling.connection.candidate_pairs 1 region=seoul local=relay remote=srflx protocol=udp",
        ]);
    }

    [Test]
    public async Task A_failure_is_counted_with_its_reason_and_the_servers_that_are_the_hubs()
    {
        using var measured = new Measured(_hub);

        (await ReportAsync(
            _other.Id,
            ""","outcome":"failed","failure":"no-answer","serverFailures":[{"url":"turn:TURN.example.com?transport=udp","errorCode":701},{"url":"turn:evil.example.com","errorCode":701},{"url":"not a url","errorCode":701}]""")).Succeeded();

        measured.Lines.Should().BeEquivalentTo(
        [
            "signaling.connection.outcomes 1 region=seoul outcome=failed failure=no-answer",
            "signaling.ice.restarts 0 region=seoul outcome=failed",
            $"signaling.ice.server.reported_failures 1 url={Turn} code=701",
        ]);
    }

    [Test]
    public async Task Words_of_a_newer_client_count_as_unknown()
    {
        using var measured = new Measured(_hub);

        (await ReportAsync(_other.Id, ""","outcome":"paused","failure":"weather" """)).Succeeded();

        measured.Lines.Should().Contain("signaling.connection.outcomes 1 region=seoul outcome=unknown failure=unknown");
    }

    [TestCaseSource(nameof(OutOfBounds))]
    public async Task A_value_out_of_its_bounds_is_refused_by_name_and_counted_nowhere(string field, string fields, int restarts)
    {
        using var measured = new Measured(_hub);

        var error = (await ReportAsync(_other.Id, ""","outcome":"failed" """ + fields, restarts)).Error!;

        error.Should().BeEquivalentTo(new { Code = "invalid-report", Action = "give-up" });
        error.Message.Should().Contain($"{field} ");
        measured.Lines.Should().BeEmpty();
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
