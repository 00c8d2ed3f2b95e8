using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

/// <summary>Each error that a single invocation can bring about. Its sender keeps the connection, and the neighbours notice nothing.</summary>
[TestFixture]
internal sealed class BadInvocationTests
{
    private static readonly string LongId = new('x', 65);

    private TestHub _hub = null!;
    private Neighbours _neighbours = null!;

    private static IEnumerable<TestCaseData> Cases =>
    [
        Case("invalid-room", "Join", """{"room":""}"""),
        Case("invalid-room", "Join", """{"room":"a/b"}"""),
        Case("invalid-room", "Join", """{"room":"방"}"""),
        Case("invalid-room", "Join", $$"""{"room":"{{LongId}}"}"""),
        Case("invalid-name", "Join", $$"""{"room":"r","name":"{{LongId}}"}"""),
        Case("invalid-name", "Join", """{"room":"r","name":"a\u0000b"}"""),
        Case("invalid-attributes", "Join", """{"room":"r","attributes":{"not an id":"1"}}"""),
        Case("invalid-attributes", "Join", $$"""{"room":"r","attributes":{{Attributes(17)}}}"""),
        Case("invalid-attributes", "Join", $$$"""{"room":"r","attributes":{"a":"{{{new string('x', 257)}}}"}}"""),
        Case("already-joined", "Join", """{"room":"bad"}"""),
        Case("invalid-argument", "Join", "{}"),
        Case("invalid-argument", "Join", "null"),
        Case("invalid-argument", "Join", "[]"),
        Case("invalid-argument", "Join", "\"room\""),
        Case("invalid-argument", "Join", """{"room":7}"""),
        Case("invalid-argument", "Join", """{"room":null}"""),
        Case("invalid-argument", "Join", """{"room":"r","acks":"yes"}"""),
        Case("invalid-argument", "Join", """{"room":"r","attributes":{"a":1}}"""),
        Case("invalid-argument", "Join", """{"room":"r","attributes":[]}"""),
        Case("invalid-argument", "Join"),
        Case("invalid-argument", "Join", """{"room":"r"}""", """{"room":"s"}"""),
        Case("invalid-argument", "Join", """{"room":"r","room":"r"}"""),
        Case("invalid-argument", "Send", """{"room":"bad","data":{"a":1,"a":2}}"""),
        Case("not-in-room", "Leave", """{"room":"elsewhere"}"""),
        Case("not-in-room", "Leave", """{"room":"../../etc"}"""),
        Case("invalid-argument", "Leave", "{}"),
        Case("not-in-room", "GetRoster", """{"room":"elsewhere"}"""),
        Case("not-in-room", "GetIceServers", """{"room":"elsewhere"}"""),
        Case("not-in-room", "SetAttributes", """{"room":"elsewhere","attributes":{}}"""),
        Case("invalid-attributes", "SetAttributes", """{"room":"bad","attributes":{"":"1"}}"""),
        Case("invalid-attributes", "SetAttributes", $$"""{"room":"bad","attributes":{{Attributes(17)}}}"""),
        Case("invalid-argument", "SetAttributes", """{"room":"bad"}"""),
        Case("invalid-argument", "SetAttributes", """{"room":"bad","attributes":null}"""),
        Case("invalid-argument", "Ping", """{"roundTripMs":"fast"}"""),
        Case("not-in-room", "Send", """{"room":"elsewhere","to":"x","data":1}"""),
        Case("peer-not-in-room", "Send", """{"room":"bad","to":"nobody","data":1}"""),
        Case("peer-not-in-room", "Send", """{"room":"bad","to":"","data":1}"""),
        Case("unknown-method", "Sing", "{}"),
        Case("unknown-method", "join ", """{"room":"r"}"""),
        Case("unknown-method", "OnConnectedAsync"),
        Case("unknown-method", "Dispose"),
        Case("unknown-method", "get_Context"),
        Case("unknown-method", "Welcome", "{}"),
        Case("unknown-method", ""),
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _hub = await TestHub.StartAsync();
        _neighbours = await Neighbours.MoveInAsync(_hub);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await using (_hub)
        await using (_neighbours)
        {
            await _neighbours.AssertUnharmedAsync();
            _hub.Errors.Lines.Should().BeEmpty();
        }
    }

    [TestCaseSource(nameof(Cases))]
    public async Task A_bad_invocation_fails_with_its_code_and_the_connection_goes_on(string code, string method, string[] arguments)
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "bad");

        var completion = await peer.Client.InvokeAsync(method, arguments);

        completion.Code.Should().Be(code);
        completion.Error!.Message.Should().NotContain("   at ", "an error carries no stack trace").And.NotContain("Exception");
        (await peer.Client.InvokeAsync("Ping", "{}")).Succeeded();
    }

    [Test]
    public async Task A_bad_invocation_that_wants_no_answer_gets_none_and_the_connection_goes_on()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "bad-quiet");

        await peer.Client.SendAsync("""{"type":1,"target":"Join","arguments":[7]}""");
        await peer.Client.SendAsync("""{"type":1,"target":"Sing","arguments":[]}""");
        await peer.Client.SendAsync("""{"type":1,"target":"Leave","arguments":[{"room":"elsewhere"}]}""");

        (await peer.Client.InvokeAsync("Ping", "{}")).Result.GetRawText().Should().Be("""{"rosterVersions":{"bad-quiet":1}}""");
    }

    [Test]
    public async Task An_attribute_change_that_is_refused_changes_nothing()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "bad-attributes");

        (await peer.Client.InvokeAsync("SetAttributes", """{"room":"bad-attributes","attributes":{"good":"1","not an id":"2"}}""")).Code.Should().Be("invalid-attributes");

        var roster = (await peer.Client.InvokeAsync("GetRoster", """{"room":"bad-attributes"}""")).Result;
        roster.GetProperty("version").GetInt64().Should().Be(1);
        roster.GetProperty("peers")[0].TryGetProperty("attributes", out _).Should().BeFalse();
    }

    private static TestCaseData Case(string code, string method, params string[] arguments) =>
        new TestCaseData(code, method, arguments).SetArgDisplayNames(code, method, string.Join(", ", arguments.Select(Short)));

    private static string Short(string json) => json.Length > 60 ? json[..60] + "…" : json;

    private static string Attributes(int count) => "{" + string.Join(',', Enumerable.Range(1, count).Select(n => $"\"a{n}\":\"1\"")) + "}";
}
