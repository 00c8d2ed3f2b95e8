using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class RelayTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _hub = await TestHub.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [TestCase("""{"room":"relay-1","to":"%to","description":{"type":"offer","sdp":"v=0\r\n"},"seq":1,"ack":0,"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}""")]
    [TestCase("""{"room":"relay-1","to":"%to","description":{"type":"answer","sdp":"v=0\r\na=ünï\r\n"}}""")]
    [TestCase("""{"room":"relay-1","to":"%to","description":{"type":"rollback"}}""")]
    [TestCase("""{"room":"relay-1","to":"%to","candidates":[{"candidate":"candidate:1 1 udp 1 192.0.2.1 9 typ host","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"4ZcD"},{"candidate":""}],"seq":9007199254740991}""")]
    [TestCase("""{"room":"relay-1","to":"%to","data":{"n":1.50,"deep":[[{"x":null}]],"text":"<&'"}}""")]
    [TestCase("""{"room":"relay-1","to":"%to","data":false}""")]
    [TestCase("""{"room":"relay-1","to":"%to","data":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    [TestCase("""{"room":"relay-1","to":"%to","ack":7}""")]
    [TestCase("""{"room":"relay-1","to":"%to","seq":7}""")]
    public async Task A_signal_arrives_as_it_was_sent_with_its_sender_stamped(string signal)
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "relay-1");
        await using var receiver = await RawClient.JoinAsync(_hub.Url, "relay-1");
        var sent = signal.Replace("%to", receiver.Id, StringComparison.Ordinal);

        (await sender.Client.InvokeAsync("Send", sent)).Succeeded();

        (await receiver.SignalAsync()).GetRawText().Should().Be(sent.Replace("\"to\":", $"\"from\":\"{sender.Id}\",\"to\":", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_sender_that_claims_to_be_another_is_stamped_with_its_own_id()
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "relay-2");
        await using var victim = await RawClient.JoinAsync(_hub.Url, "relay-2");
        await using var receiver = await RawClient.JoinAsync(_hub.Url, "relay-2");

        (await sender.Client.InvokeAsync("Send", $$"""{"room":"relay-2","from":"{{victim.Id}}","to":"{{receiver.Id}}","data":1}""")).Succeeded();
        (await sender.Client.InvokeAsync("Send", $$"""{"room":"relay-2","from":"{{victim.Id}}","data":2}""")).Succeeded();

        (await receiver.SignalAsync()).GetProperty("from").GetString().Should().Be(sender.Id);
        (await receiver.SignalAsync()).GetProperty("from").GetString().Should().Be(sender.Id);
    }

    [Test]
    public async Task Nobody_reaches_into_a_room_that_he_is_not_in()
    {
        await using var inside = await RawClient.JoinAsync(_hub.Url, "relay-3");
        await using var outside = await RawClient.JoinAsync(_hub.Url, "relay-3-other");

        var named = await outside.Client.InvokeAsync("Send", $$"""{"room":"relay-3","to":"{{inside.Id}}","data":1}""");
        var unnamed = await outside.Client.InvokeAsync("Send", $$"""{"room":"relay-3-other","to":"{{inside.Id}}","data":1}""");
        var everyone = await outside.Client.InvokeAsync("Send", """{"room":"relay-3","data":1}""");
        var roster = await outside.Client.InvokeAsync("GetRoster", """{"room":"relay-3"}""");
        var attributes = await outside.Client.InvokeAsync("SetAttributes", """{"room":"relay-3","attributes":{"a":"b"}}""");

        named.Error.Should().BeEquivalentTo(new { Code = "not-in-room", Action = "rejoin" });
        unnamed.Error.Should().BeEquivalentTo(new { Code = "peer-not-in-room", Action = "give-up" });
        new[] { everyone.Code, roster.Code, attributes.Code }.Should().OnlyContain(code => code == "not-in-room");
        (await inside.Client.InvokeAsync("Ping", "{}")).Result.GetRawText().Should().Be("""{"rosterVersions":{"relay-3":1}}""");
        inside.Client.Inbox.Seen.Should().NotContain(frame => frame.GetRawText().Contains("\"Signal\""));
    }

    [Test]
    public async Task A_peer_that_has_left_can_no_longer_be_reached()
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "relay-4");
        await using var gone = await RawClient.JoinAsync(_hub.Url, "relay-4");
        gone.Client.Abort();
        await sender.Client.MessageAsync("PeerLeft");

        (await sender.SendDataAsync(gone.Id, "1")).Error.Should().BeEquivalentTo(new { Code = "peer-not-in-room", Action = "give-up" });
    }

    [Test]
    public async Task Data_to_the_room_reaches_every_other_peer_once_with_its_own_seq()
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "relay-5");
        await using var numbered = await RawClient.JoinAsync(_hub.Url, "relay-5");
        await using var plain = await RawClient.JoinAsync(_hub.Url, "relay-5");
        await using var elsewhere = await RawClient.JoinAsync(_hub.Url, "relay-5-other");

        (await sender.Client.InvokeAsync("Send", $$$"""{"room":"relay-5","data":"hi","seqs":{"{{{numbered.Id}}}":4,"unknown":9}}""")).Succeeded();

        (await numbered.SignalAsync()).GetRawText().Should().Be($$"""{"room":"relay-5","from":"{{sender.Id}}","data":"hi","seq":4}""");
        (await plain.SignalAsync()).GetRawText().Should().Be($$"""{"room":"relay-5","from":"{{sender.Id}}","data":"hi"}""");
        foreach (var other in new[] { sender, numbered, plain, elsewhere })
        {
            (await other.Client.InvokeAsync("Ping", "{}")).Succeeded();
            other.Client.Inbox.Seen.Count(frame => frame.GetRawText().Contains("\"hi\"")).Should().Be(other == numbered || other == plain ? 1 : 0);
        }
    }

    [Test]
    public async Task Signals_of_one_sender_arrive_in_order()
    {
        await using var sender = await RawClient.JoinAsync(_hub.Url, "relay-6");
        await using var receiver = await RawClient.JoinAsync(_hub.Url, "relay-6");

        for (var n = 0; n < 500; n++)
        {
            await sender.Client.SendAsync($$"""{"type":1,"target":"Send","arguments":[{"room":"relay-6","to":"{{receiver.Id}}","data":{{n}}}]}""");
        }

        for (var n = 0; n < 500; n++) (await receiver.SignalAsync()).GetProperty("data").GetInt32().Should().Be(n);
    }

    [Test]
    public async Task One_connection_that_is_two_peers_talks_to_itself_across_nothing()
    {
        await using var first = await RawClient.JoinAsync(_hub.Url, "relay-7-a");
        (await first.Client.InvokeAsync("Join", """{"room":"relay-7-b"}""")).Succeeded();
        var second = (await first.Client.MessageAsync("Welcome")).GetProperty("peerId").GetString()!;

        (await first.SendDataAsync(second, "1")).Code.Should().Be("peer-not-in-room");
    }
}
