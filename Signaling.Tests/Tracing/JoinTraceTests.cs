using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Faults.Regions;

namespace Signaling.Tests.Tracing;

/// <summary>Real hubs: what a collector sees of a peer that joins, and of one that resumes.</summary>
internal sealed class JoinTraceTests : TraceScenario
{
    [Test]
    public async Task A_join_leads_from_the_client_through_redis_to_the_node_that_holds_the_other_peer()
    {
        var cluster = Ours(await Cluster.StartAsync(new() { Settings = Settings }));
        await cluster.ReadyAsync();
        await JoinAsync(cluster.Nodes[0].HubUrl);

        await JoinAsync(cluster.Nodes[1].HubUrl);

        (await WayToAsync("process peer")).Should().Equal(Arrival("join", "local", "local"));
        Asked("join").Should().Equal("client -: join (client)", "signaling-hub local: SignalingHub/Join (server)", "signaling-hub local: EVALSHA join (client)");
    }

    [Test]
    public async Task A_join_leads_over_the_link_between_two_regions()
    {
        var regions = Ours(await RegionSet.StartAsync(new() { Settings = RegionSetOptions.Quick.Concat(Settings).ToDictionary() }));
        await JoinAsync(regions["seoul"].Entry.Url);
        var watcher = await JoinAsync(regions["frankfurt"].Entry.Url);
        await Eventually.TrueAsync(() => watcher.Peers.Count is 1, "the region knows who is in the other one");

        await JoinAsync(regions["frankfurt"].Entry.Url);

        (await WayToAsync("process peer")).Should().Equal(Arrival("join", "frankfurt", "seoul"));
    }

    [Test]
    public async Task A_resume_is_a_trace_of_its_own_that_leads_to_the_node_that_holds_the_other_peer()
    {
        var cluster = Ours(await Cluster.StartAsync(new() { Settings = Settings }));
        await cluster.ReadyAsync();
        await JoinAsync(cluster.Entry.Url);
        await JoinAsync(cluster.Entry.Url);

        cluster.Entry.Cut();

        await Receiver.UntilAsync(_ => Asked("resume").Any(), "both resume");
        Asked("resume").Should().Equal("client -: resume (client)", "signaling-hub local: SignalingHub/Join (server)", "signaling-hub local: EVALSHA resume (client)");
        await Receiver.UntilAsync(spans => spans.Any(span => span.Name == "process peer" && Receiver.PathTo(span)[0].Name == "resume"), "the other node hears of it");
    }

    private static IEnumerable<string> Arrival(string kind, string from, string to) =>
    [
        $"client -: {kind} (client)",
        $"signaling-hub {from}: SignalingHub/Join (server)",
        $"signaling-hub {from}: publish peer (producer)",
        $"signaling-hub {to}: process peer (consumer)",
    ];

    /// <summary>The way to the last time that Redis was asked for this.</summary>
    private IEnumerable<string> Asked(string script) => Receiver.Spans.LastOrDefault(span => span.Name == $"EVALSHA {script}" && Receiver.PathTo(span)[0].ParentId.Length is 0) is { } asked
        ? Receiver.PathTo(asked).Select(span => span.ToString())
        : [];
}
