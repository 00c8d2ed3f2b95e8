using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Regions;

namespace Signaling.Tests.Tracing;

/// <summary>Real hubs and two clients: what a collector sees of an offer and its answer.</summary>
internal sealed class SignalTraceTests : TraceScenario
{
    [Test]
    public async Task An_offer_and_its_answer_across_two_nodes_are_one_trace_in_which_each_step_is_the_child_of_the_one_before()
    {
        var cluster = Ours(await Cluster.StartAsync(new() { Settings = Settings }));
        await cluster.ReadyAsync();
        var (offering, answering) = (await JoinAsync(cluster.Nodes[0].HubUrl), await JoinAsync(cluster.Nodes[1].HubUrl));

        await NegotiateAsync(offering, answering);

        (await WayToAsync("process answer")).Should().Equal(ThereAndBack("local", "local"));
        PathsOf("offer", "answer").Should().Equal("node", "node");
    }

    [Test]
    public async Task An_offer_and_its_answer_across_two_regions_are_one_trace_in_which_each_step_is_the_child_of_the_one_before()
    {
        var regions = Ours(await RegionSet.StartAsync(new() { Settings = RegionSetOptions.Quick.Concat(Settings).ToDictionary() }));
        var (offering, answering) = (await JoinAsync(regions["seoul"].Entry.Url), await JoinAsync(regions["frankfurt"].Entry.Url));

        await NegotiateAsync(offering, answering);

        (await WayToAsync("process answer")).Should().Equal(ThereAndBack("seoul", "frankfurt"));
        PathsOf("offer", "answer").Should().Equal("region", "region");
    }

    [Test]
    public async Task On_one_node_nothing_stands_between_the_hubs_call_and_the_receiver()
    {
        var node = Ours(await Cluster.StartAsync(new() { Nodes = 1, Redis = null, Settings = new Dictionary<string, string>(Settings) { ["Signaling__Tracing__Endpoint"] = Receiver.Http, ["Signaling__Tracing__Protocol"] = "http/protobuf" } })).Nodes[0];
        var (offering, answering) = (await JoinAsync(node.HubUrl), await JoinAsync(node.HubUrl));

        await NegotiateAsync(offering, answering);

        (await WayToAsync("process answer")).Should().Equal(
            "client -: send offer (producer)", "signaling-hub local: SignalingHub/Send (server)", "client -: process offer (consumer)",
            "client -: send answer (producer)", "signaling-hub local: SignalingHub/Send (server)", "client -: process answer (consumer)");
        PathsOf("offer", "answer").Should().Equal("local", "local");
    }

    private static string[] ThereAndBack(string here, string there) => [.. OneWay("offer", here, there), .. OneWay("answer", there, here)];

    private static string[] OneWay(string kind, string from, string to) =>
    [
        $"client -: send {kind} (producer)",
        $"signaling-hub {from}: SignalingHub/Send (server)",
        $"signaling-hub {from}: publish signal (producer)",
        $"signaling-hub {to}: process signal (consumer)",
        $"client -: process {kind} (consumer)",
    ];

    /// <summary>Which way the hub says that the one signal of each of these kinds took. A slow machine, or a link that is not open yet, has it sent again: another call under the same parent.</summary>
    private IEnumerable<string> PathsOf(params string[] kinds) => kinds.Select(kind => Receiver.Spans
        .Where(span => span.Name == "SignalingHub/Send" && span.Attributes["signaling.kind"] == kind && !span.Attributes.ContainsKey("error.type"))
        .Select(span => (span.ParentId, Path: span.Attributes["signaling.path"]))
        .Distinct().Single().Path);
}
