using System.Text.Json;
using System.Text.Json.Nodes;
using Signaling.Contracts;

namespace Signaling.Tests.Contracts;

[TestFixture]
internal sealed class ToleranceTests
{
    private static IEnumerable<string> Names => GoldenMessages.All.Keys;

    private static IEnumerable<TestCaseData> Fields =>
        from name in Names
        from member in JsonNode.Parse(Write(GoldenMessages.All[name]))!.AsObject()
        select new TestCaseData(name, member.Key);

    private static IEnumerable<TestCaseData> RequiredFields =>
        from pair in GoldenMessages.All
        from property in pair.Value.GetType().GetProperties()
        where ContractTypes.IsRequired(property)
        select new TestCaseData(pair.Key, ContractTypes.WireName(property));

    [TestCaseSource(nameof(Names))]
    public void Fields_from_a_newer_peer_are_ignored(string name)
    {
        var message = GoldenMessages.All[name];
        var json = JsonNode.Parse(Write(message))!;
        AddFutureFields(json);

        var read = JsonSerializer.Deserialize(json.ToJsonString(), message.GetType(), SignalingJson.Options);

        Write(read!).Should().Be(Write(message));
    }

    [TestCaseSource(nameof(Fields))]
    public void A_repeated_field_is_refused(string name, string field)
    {
        var json = JsonNode.Parse(Write(GoldenMessages.All[name]))!.AsObject();
        var repeated = $"{{{JsonSerializer.Serialize(field)}:{json[field]!.ToJsonString()},{json.ToJsonString()[1..]}";

        Reading(repeated, name).Should().Throw<JsonException>();
    }

    [TestCaseSource(nameof(RequiredFields))]
    public void A_missing_required_field_is_refused(string name, string field)
    {
        var json = JsonNode.Parse(Write(GoldenMessages.All[name]))!.AsObject();
        json.Remove(field).Should().BeTrue();

        Reading(json.ToJsonString(), name).Should().Throw<JsonException>();
    }

    [TestCaseSource(nameof(RequiredFields))]
    public void Null_for_a_required_field_is_refused(string name, string field)
    {
        var json = JsonNode.Parse(Write(GoldenMessages.All[name]))!.AsObject();
        json[field] = null;

        Reading(json.ToJsonString(), name).Should().Throw<JsonException>();
    }

    [TestCase("""{"room":"r","attributes":{"muted":"1","muted":"2"}}""", typeof(AttributesUpdate))]
    [TestCase("""{"room":"r","seqs":{"p1":1,"p1":2}}""", typeof(Signal))]
    [TestCase("""{"room":"r","data":{"a":1,"a":2}}""", typeof(Signal))]
    public void A_repeated_key_inside_a_field_is_refused(string json, Type type) =>
        FluentActions.Invoking(() => JsonSerializer.Deserialize(json, type, SignalingJson.Options)).Should().Throw<JsonException>();

    [Test]
    public void A_reason_or_type_from_a_newer_peer_is_unknown()
    {
        var left = Read<PeerLeft>("""{"room":"r","version":1,"peerId":"p","reason":"abducted"}""");
        var signal = Read<Signal>("""{"room":"r","to":"p","description":{"type":"pranswer","sdp":"v=0"}}""");

        left.Reason.Should().Be(LeaveReason.Unknown);
        signal.Description!.Type.Should().Be(SdpType.Unknown);
    }

    [Test]
    public void A_reason_that_is_no_string_is_refused() =>
        FluentActions.Invoking(() => Read<PeerLeft>("""{"room":"r","version":1,"peerId":"p","reason":1}""")).Should().Throw<JsonException>();

    [TestCase(31, true)]
    [TestCase(32, false)]
    public void App_data_may_nest_until_the_message_is_32_levels_deep(int depth, bool accepted)
    {
        var json = $$"""{"room":"r","data":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        var read = FluentActions.Invoking(() => Read<Signal>(json));

        if (accepted) read.Should().NotThrow();
        else read.Should().Throw<JsonException>();
    }

    /// <summary>Puts a field that no version has into every object, but for maps, whose keys are data.</summary>
    private static void AddFutureFields(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) AddFutureFields(item);
        }

        if (node is not JsonObject fields) return;
        foreach (var (name, value) in fields.ToList())
        {
            if (name is not ("attributes" or "seqs" or "rosterVersions" or "data")) AddFutureFields(value);
        }

        fields["fromTheFuture"] = new JsonObject { ["deep"] = new JsonArray(1, null) };
    }

    private static Action Reading(string json, string name) => () =>
        JsonSerializer.Deserialize(json, GoldenMessages.All[name].GetType(), SignalingJson.Options);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, SignalingJson.Options)!;

    private static string Write(object message) => JsonSerializer.Serialize(message, message.GetType(), SignalingJson.Options);
}
