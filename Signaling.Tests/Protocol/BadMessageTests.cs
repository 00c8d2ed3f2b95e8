using System.Text;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class BadMessageTests
{
    private TestHub _hub = null!;
    private Neighbours _neighbours = null!;

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

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("[1,2]")]
    [TestCase("7")]
    [TestCase("{\"type\":1,\"target\":\"Ping\"")]
    [TestCase("{}")]
    [TestCase("""{"type":"1"}""")]
    [TestCase("""{"type":1}""")]
    [TestCase("""{"type":1,"target":7,"arguments":[]}""")]
    [TestCase("""{"type":1,"target":"Ping","arguments":{}}""")]
    [TestCase("""{"type":1,"invocationId":7,"target":"Ping","arguments":[{}]}""")]
    public async Task What_is_no_SignalR_message_closes_the_connection_with_the_code(string message)
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "malformed");

        await peer.Client.SendAsync(message);

        (await peer.Client.RefusalAsync()).Should().BeEquivalentTo(new { Code = "malformed-message", Action = "give-up" });
    }

    [Test]
    public async Task Bytes_that_are_no_text_end_the_connection()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "malformed-bytes");

        await peer.Client.SendAsync(new byte[] { 0xff, 0xfe, 0xc0, 0x80, 0x1e });

        await peer.Client.EndAsync();
    }

    [Test]
    public async Task The_peers_of_a_connection_that_is_closed_for_its_messages_leave_their_rooms()
    {
        await using var watcher = await RawClient.JoinAsync(_hub.Url, "malformed-left");
        await using var peer = await RawClient.JoinAsync(_hub.Url, "malformed-left");

        await peer.Client.SendAsync("not json");

        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("peerId").GetString().Should().Be(peer.Id);
    }

    [Test]
    public async Task A_message_of_exactly_64_KiB_passes()
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "size-1");
        await using var receiver = await RawClient.JoinAsync(_hub.Url, "size-1");

        await sender.Client.SendAsync(MessageOf(64 * 1024, receiver.Id, "size-1"));

        (await receiver.SignalAsync()).GetProperty("data").GetString().Should().StartWith("xxx");
    }

    [TestCase((64 * 1024) + 1)]
    [TestCase(70 * 1024)]
    [TestCase((128 * 1024) - 100)]
    public async Task A_message_over_64_KiB_fails_alone_and_the_connection_goes_on(int bytes)
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "size-2");
        await using var receiver = await RawClient.JoinAsync(_hub.Url, "size-2");

        await sender.Client.SendAsync(MessageOf(bytes, receiver.Id, "size-2"));
        var completion = new RawCompletion(await sender.Client.Inbox.TakeAsync(frame => RawClient.TypeOf(frame) is 3));

        completion.Error.Should().BeEquivalentTo(new { Code = "message-too-large", Action = "give-up" });
        (await sender.SendDataAsync(receiver.Id, "\"small\"")).Succeeded();
        (await receiver.SignalAsync()).GetProperty("data").GetString().Should().Be("small");
    }

    [TestCase(200 * 1024)]
    [TestCase(4 * 1024 * 1024)]
    public async Task A_message_far_over_the_limit_closes_the_connection_with_the_code(int bytes)
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "size-3");

        await sender.Client.TrySendAsync(Encoding.UTF8.GetBytes(MessageOf(bytes, "x", "size-3") + '\u001e'));

        (await sender.Client.RefusalAsync()).Should().BeEquivalentTo(new { Code = "message-too-large", Action = "give-up" });
    }

    [Test]
    public async Task A_message_of_a_kind_from_the_future_is_skipped_and_what_follows_is_served()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "kinds-1");

        await peer.Client.SendAsync("""{"type":99}""" + '\u001e' + """{"type":1,"invocationId":"1","target":"Ping","arguments":[{}]}""");

        new RawCompletion(await peer.Client.Inbox.TakeAsync(frame => RawClient.TypeOf(frame) is 3)).Succeeded();
    }

    [TestCase("""{"type":6}""")]
    [TestCase("""{"type":5,"invocationId":"never seen"}""")]
    [TestCase("""{"type":2,"invocationId":"never seen","item":1}""")]
    [TestCase("""{"type":3,"invocationId":"never seen","result":1}""")]
    [TestCase("""{"type":8,"sequenceId":1}""")]
    [TestCase("""{"type":9,"sequenceId":1}""")]
    [TestCase("""{"type":1,"target":"Ping","arguments":[{"fromTheFuture":[1]}],"headers":{"a":"b"},"fromTheFuture":1}""")]
    [TestCase("""{"type":1,"target":"Ping","arguments":[{}],"streamIds":["1"]}""")]
    public async Task An_unusual_message_does_no_harm(string message)
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "kinds-2");

        await peer.Client.SendAsync(message);

        (await peer.Client.InvokeAsync("Ping", "{}")).Succeeded();
    }

    [Test]
    public async Task A_streaming_invocation_is_an_unknown_method()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "kinds-3");

        await peer.Client.SendAsync("""{"type":4,"invocationId":"s","target":"GetRoster","arguments":[{"room":"kinds-3"}]}""");

        new RawCompletion(await peer.Client.Inbox.TakeAsync(frame => RawClient.TypeOf(frame) is 3)).Code.Should().Be("unknown-method");
    }

    private static string MessageOf(int bytes, string to, string room)
    {
        var head = $$"""{"type":1,"invocationId":"big","target":"Send","arguments":[{"room":"{{room}}","to":"{{to}}","data":" """.TrimEnd();
        const string Tail = "\"}]}";
        return head + new string('x', bytes - head.Length - Tail.Length) + Tail;
    }
}
