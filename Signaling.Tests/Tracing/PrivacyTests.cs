using Signaling.Client;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Tracing;

/// <summary>Whatever a collector gets, it learns nothing about people.</summary>
internal sealed class PrivacyTests : TraceScenario
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string RoomId = "canary-room-8f1c";
    private const string User = "canary-user-77aa";
    private const string Name = "canary-name-31d0";
    private const string Sdp = "v=0\r\na=canary-sdp-c0ffee\r\n";
    private const string Candidate = "candidate:1 1 udp 1 203.0.113.77 9 typ host";

    [Test]
    public async Task Ids_are_hashed_and_of_what_a_signal_holds_nothing_is_told()
    {
        var cluster = Ours(await Cluster.StartAsync(new() { Settings = new Dictionary<string, string>(Settings) { ["Signaling__Access__Keys__0__Secret"] = Secret } }));
        await cluster.ReadyAsync();
        var options = new SignalingClientOptions { TokenProvider = _ => new(new RawToken { Subject = User, Rooms = new[] { RoomId } }.SignHmac(Secret)) };
        var one = await JoinAsync(cluster.Nodes[0].HubUrl, RoomId, options, new() { Name = Name });
        var other = await JoinAsync(cluster.Nodes[1].HubUrl, RoomId, options, new() { Name = Name });
        await Eventually.TrueAsync(() => one.Peers.Count > 0, "they see each other");

        await one.Peers[0].SendOfferAsync(Sdp);
        await one.Peers[0].SendCandidatesAsync([new() { Candidate = Candidate }]);
        await one.SendDataAsync(System.Text.Json.JsonSerializer.SerializeToElement("canary-data-4b2e"));
        await Receiver.UntilAsync(spans => Kinds(spans).Order().SequenceEqual(["candidates", "data", "offer"]), "the hub's spans of all kinds came");

        var raw = Receiver.Raw;
        foreach (var secret in new[] { RoomId, User, Name, "canary-sdp", "203.0.113.77", "canary-data", one.PeerId, other.PeerId }) raw.Should().NotContain(secret);
        var sends = Receiver.Spans.Where(span => span.Name == "SignalingHub/Send").ToArray();
        sends.Select(span => span.Attributes["signaling.room"]).Distinct().Should().ContainSingle("one room has one hash").Which.Should().MatchRegex("^[0-9a-f]{16}$");
        sends.Select(span => span.Attributes["signaling.peer"]).Distinct().Should().ContainSingle("one peer has one hash");
        Receiver.Spans.Where(span => span.Attributes.ContainsKey("user.hash")).Select(span => span.Attributes["user.hash"]).Distinct().Should().ContainSingle("both nodes have the same salt");
    }

    private static IEnumerable<string> Kinds(IEnumerable<Otlp.ReceivedSpan> spans) =>
        spans.Where(span => span.Name == "SignalingHub/Send").Select(span => span.Attributes["signaling.kind"]).Distinct();
}
