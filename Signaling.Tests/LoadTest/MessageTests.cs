using System.Text;
using System.Text.Json;
using Signaling.LoadTest.Connections;
using Signaling.LoadTest.Messages;

namespace Signaling.Tests.LoadTest;

/// <summary>What the load test writes and reads by hand.</summary>
[TestFixture]
internal sealed class MessageTests
{
    private static readonly SignalTag Tag = new(0xdeadbeef, 12_345, 67_890, TimeSpan.FromTicks(9_876_543_210));

    [Test]
    public void A_signal_is_valid_JSON_and_its_tag_a_valid_traceparent()
    {
        var record = Invocations.Send("math-101", "abc", 7, Tag, SignalBody.Offer(Sdp.OfLength(5000)));

        var json = JsonElement.Parse(record.Bytes.Span[..^1]);
        record.Bytes.Span[^1].Should().Be(0x1e);
        json.GetProperty("target").GetString().Should().Be("Send");
        json.GetProperty("invocationId").GetString().Should().Be("7.67890");
        var signal = json.GetProperty("arguments")[0];
        signal.GetProperty("room").GetString().Should().Be("math-101");
        signal.GetProperty("to").GetString().Should().Be("abc");
        signal.GetProperty("description").GetProperty("sdp").GetString().Should().StartWith("v=0\r\n");
        signal.GetProperty("traceparent").GetString().Should().MatchRegex("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$");
    }

    [TestCase(SignalKind.Offer)]
    [TestCase(SignalKind.Answer)]
    [TestCase(SignalKind.Candidates)]
    [TestCase(SignalKind.Data)]
    public void A_signal_is_read_back_with_its_tag_and_kind(SignalKind kind)
    {
        var body = kind switch
        {
            SignalKind.Offer => SignalBody.Offer("v=0\r\n"),
            SignalKind.Answer => SignalBody.Answer("v=0\r\n"),
            SignalKind.Candidates => SignalBody.Candidate("candidate:1", "u"),
            _ => SignalBody.Data(10),
        };
        var sent = Encoding.UTF8.GetString(Invocations.Send("math-101", "abc", 7, Tag, body).Bytes.Span[..^1]);

        var message = Read(sent.Replace("\"Send\"", "\"Signal\"", StringComparison.Ordinal));

        message.Type.Should().Be(HubMessageType.Signal);
        message.Tag.Should().Be(Tag);
        message.Kind.Should().Be(kind);
    }

    [TestCase("")]
    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [TestCase("00-zzzzzzzz77b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")]
    public void A_traceparent_of_somebody_else_is_no_tag(string traceparent)
    {
        Read($$"""{"type":1,"target":"Signal","arguments":[{"room":"r","from":"a","data":1,"traceparent":"{{traceparent}}"}]}""").Tag.Should().BeNull();
    }

    [Test]
    public void A_welcome_tells_who_one_is_and_who_is_there()
    {
        var message = Read(
            """
            {"type":1,"target":"Welcome","arguments":[{"room":"r","peerId":"me","roster":{"room":"r","version":3,"peers":[
            {"id":"a","attributes":{"name":"no"}},{"id":"me","name":"x-1","acks":true}]},"ice":{"servers":[{"urls":["stun:a"]}]},
            "limits":{"capacity":50},"region":"local","protocolVersion":1}]}
            """);

        message.Type.Should().Be(HubMessageType.Welcome);
        message.PeerId.Should().Be("me");
        message.Peers.Should().Equal(new Mate("a", null), new Mate("me", "x-1"));
    }

    [Test]
    public void Completions_closes_and_pings_are_told_apart()
    {
        Read("""{"type":3,"invocationId":"7.12","result":null}""").Should().BeEquivalentTo(
            new HubMessage { Type = HubMessageType.Completion, InvocationId = "7.12" }, all => all.IncludingFields().ComparingByMembers<HubMessage>());
        Read("""{"type":7,"error":"unavailable (retry-later, 5 ms): Later."}""").Type.Should().Be(HubMessageType.Close);
        Read("""{"type":6}""").Type.Should().Be(HubMessageType.Other);
        Read("{}").Type.Should().Be(HubMessageType.HandshakeDone);
    }

    [TestCase("7.12", true)]
    [TestCase("ping", false)]
    [TestCase("7.", false)]
    [TestCase(".7", false)]
    [TestCase(null, false)]
    public void An_invocation_id_says_which_signal_it_was(string? id, bool isSignal)
    {
        Invocations.TryReadId(id, out var receiver, out var seq).Should().Be(isSignal);
        if (isSignal) (receiver, seq).Should().Be((7, 12L));
    }

    [Test]
    public void Records_are_whole_however_their_bytes_are_cut([Values(1, 2, 7, 100, 40_000)] int cut)
    {
        string[] sent = ["{}", new string('x', 50_000), "", "{\"type\":6}"];
        var bytes = Encoding.UTF8.GetBytes(string.Concat(sent.Select(record => record + '\u001e')));
        using var splitter = new RecordSplitter();
        var taken = new List<string>();

        for (var at = 0; at < bytes.Length;)
        {
            var free = splitter.Free();
            var part = bytes.AsMemory(at, Math.Min(Math.Min(cut, free.Length), bytes.Length - at));
            part.CopyTo(free);
            splitter.Filled(part.Length);
            at += part.Length;
            while (splitter.TryTake(out var record)) taken.Add(Encoding.UTF8.GetString(record));
        }

        taken.Should().Equal(sent);
    }

    [TestCase(3000)]
    [TestCase(6600)]
    public void A_description_has_about_the_length_asked_for(int length) => Sdp.OfLength(length).Length.Should().BeInRange(length, length + 400);

    private static HubMessage Read(string json) => HubMessageReader.Read(Encoding.UTF8.GetBytes(json));
}
