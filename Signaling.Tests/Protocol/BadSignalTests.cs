using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class BadSignalTests
{
    private TestHub _hub = null!;
    private RawPeer _sender = null!;
    private RawPeer _receiver = null!;

    private static IEnumerable<TestCaseData> Broken =>
    [
        Case("nothing in it", ""),
        Case("two payloads", ""","to":"%","data":1,"description":{"type":"offer","sdp":"v=0"}"""),
        Case("all payloads", ""","to":"%","data":1,"candidates":[{"candidate":""}],"description":{"type":"rollback"}"""),
        Case("no receiver for a description", ""","description":{"type":"offer","sdp":"v=0"}"""),
        Case("no receiver for candidates", ""","candidates":[{"candidate":""}]"""),
        Case("no receiver for an ack", ""","ack":1"""),
        Case("seqs with a receiver", ""","to":"%","data":1,"seqs":{"%":1}"""),
        Case("seq 0", ""","to":"%","data":1,"seq":0"""),
        Case("a negative ack", ""","to":"%","ack":-1"""),
        Case("seqs with 0", ""","data":1,"seqs":{"%":0}"""),
        Case("an unknown type", ""","to":"%","description":{"type":"pranswer","sdp":"v=0"}"""),
        Case("an offer without sdp", ""","to":"%","description":{"type":"offer"}"""),
        Case("an answer with empty sdp", ""","to":"%","description":{"type":"answer","sdp":""}"""),
        Case("sdp that is none", ""","to":"%","description":{"type":"offer","sdp":"hello"}"""),
        Case("sdp with a NUL", ""","to":"%","description":{"type":"offer","sdp":"v=0\u0000"}"""),
        Case("sdp of 4,001 lines", $$""","to":"%","description":{"type":"offer","sdp":"v=0{{string.Concat(Enumerable.Repeat("\\r\\n", 4001))}}"}"""),
        Case("no candidates", ""","to":"%","candidates":[]"""),
        Case("65 candidates", $""","to":"%","candidates":[{string.Join(',', Enumerable.Repeat("{\"candidate\":\"\"}", 65))}]"""),
        Case("a long candidate", $$""","to":"%","candidates":[{"candidate":"{{new string('c', 1025)}}"}]"""),
        Case("a candidate of two lines", ""","to":"%","candidates":[{"candidate":"candidate:1\r\na=evil"}]"""),
        Case("a long sdpMid", $$""","to":"%","candidates":[{"candidate":"","sdpMid":"{{new string('m', 257)}}"}]"""),
        Case("a long usernameFragment", $$""","to":"%","candidates":[{"candidate":"","usernameFragment":"{{new string('u', 257)}}"}]"""),
        Case("data of 30 levels", $""","to":"%","data":{new string('[', 30)}{new string(']', 30)}"""),
        Case("a negative sdpMLineIndex", ""","to":"%","candidates":[{"candidate":"","sdpMLineIndex":-1}]"""),
    ];

    private static IEnumerable<TestCaseData> Mistyped =>
    [
        Case("a numeric receiver", ""","to":7,"data":1"""),
        Case("a description that is text", ""","to":"%","description":"offer" """),
        Case("a description without a type", ""","to":"%","description":{"sdp":"v=0"}"""),
        Case("a type that is a number", ""","to":"%","description":{"type":1,"sdp":"v=0"}"""),
        Case("candidates that are no list", ""","to":"%","candidates":{"candidate":""}"""),
        Case("a null candidate line", ""","to":"%","candidates":[{"candidate":null}]"""),
        Case("a candidate without a line", ""","to":"%","candidates":[{"sdpMid":"0"}]"""),
        Case("a seq that is text", ""","to":"%","data":1,"seq":"1" """),
        Case("a fractional seq", ""","to":"%","data":1,"seq":1.5"""),
        Case("a seq beyond 64 bits", ""","to":"%","data":1,"seq":99999999999999999999"""),
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _hub = await TestHub.StartAsync();
        _sender = await RawClient.JoinAsync(_hub.Url, "signals");
        _receiver = await RawClient.JoinAsync(_hub.Url, "signals");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await using (_hub)
        await using (_sender)
        await using (_receiver)
        {
            (await _sender.SendDataAsync(_receiver.Id, "\"the end\"")).Succeeded();
            (await _receiver.SignalAsync()).GetProperty("data").GetString().Should().Be("the end", "no bad signal was delivered before it");
            _hub.Errors.Lines.Should().BeEmpty();
        }
    }

    [TestCaseSource(nameof(Broken))]
    public async Task A_signal_that_breaks_a_rule_is_refused(string fields) =>
        (await SendAsync(fields)).Error.Should().BeEquivalentTo(new { Code = "invalid-signal", Action = "give-up" });

    [TestCaseSource(nameof(Mistyped))]
    public async Task A_signal_of_wrong_types_is_an_invalid_argument(string fields) =>
        (await SendAsync(fields)).Error.Should().BeEquivalentTo(new { Code = "invalid-argument", Action = "give-up" });

    private static TestCaseData Case(string what, string fields) => new TestCaseData(fields).SetArgDisplayNames(what);

    private Task<RawCompletion> SendAsync(string fields) =>
        _sender.Client.InvokeAsync("Send", $$"""{"room":"signals"{{fields.Replace("%", _receiver.Id, StringComparison.Ordinal)}}}""");
}
