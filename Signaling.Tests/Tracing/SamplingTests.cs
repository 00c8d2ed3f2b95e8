using System.Diagnostics;
using Signaling.Hub.Telemetry.Tracing;
using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Hosting;
using Signaling.Tests.Protocol.Raw;
using Signaling.Tests.Tracing.Otlp;

namespace Signaling.Tests.Tracing;

/// <summary>Which traces the hub keeps, seen by a peer that is no SDK of ours.</summary>
internal sealed class SamplingTests : TraceScenario
{
    private const string Kept = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string Dropped = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

    [Test]
    public async Task Without_an_endpoint_there_is_no_span_and_a_signal_passes_untouched()
    {
        await using var hub = await InProcessHub.StartAsync();

        Spans.IsOn.Should().BeFalse();
        (await RelayAsync(hub.HubUrl, Kept)).Should().Be(Kept);
        (await RelayAsync(hub.HubUrl, null)).Should().BeNull();
    }

    [TestCase("0", true, Dropped)]
    [TestCase("1", true, Dropped)]
    [TestCase("0", false, Kept)]
    [TestCase("0", true, null)]
    public async Task A_trace_that_is_not_kept_leaves_no_span_and_passes_untouched(string sample, bool followClients, string? traceParent)
    {
        await using var hub = await StartAsync(sample, followClients);

        (await RelayAsync(hub.Nodes[0].HubUrl, traceParent)).Should().Be(traceParent);

        await hub.Nodes[0].Process.TerminateAsync(); // What it has, it sends by then.
        Receiver.Spans.Should().NotContain(span => span.Attributes["signaling.kind"] == "data");
    }

    [TestCase(Dropped)]
    [TestCase(null)]
    public async Task A_trace_that_is_not_kept_costs_no_span_not_even_one_that_is_thrown_away(string? traceParent)
    {
        using var started = new StartedSpans(ActivitySamplingResult.None);
        await using var hub = await InProcessHub.StartAsync(options => (options.Tracing.Endpoint, options.Tracing.Sample) = (Receiver.Grpc, 0));

        await RelayAsync(hub.HubUrl, traceParent);

        Spans.IsOn.Should().BeTrue();
        started.Names.Should().BeEmpty();
    }

    [Test]
    public async Task A_host_that_listens_by_itself_decides_by_itself()
    {
        using var started = new StartedSpans(ActivitySamplingResult.AllDataAndRecorded);
        await using var hub = await InProcessHub.StartAsync(options => options.Tracing.Sample = 0);

        (await RelayAsync(hub.HubUrl, Dropped)).Should().StartWith(Dropped[..36]).And.EndWith("-01").And.NotContain("00f067aa0ba902b7");

        started.Names.Should().Equal("SignalingHub/Join", "SignalingHub/Join", "SignalingHub/Send");
    }

    [TestCase("0", true, Kept)]
    [TestCase("1", false, Kept)]
    [TestCase("1", true, null)]
    [TestCase("1", true, "nonsense")]
    public async Task A_trace_that_is_kept_goes_on_from_the_hub(string sample, bool followClients, string? traceParent)
    {
        await using var hub = await StartAsync(sample, followClients);

        var passedOn = await RelayAsync(hub.Nodes[0].HubUrl, traceParent);

        await Receiver.UntilAsync(spans => spans.Any(IsRelay), "the span comes");
        var span = Receiver.Spans.Single(IsRelay);
        passedOn.Should().Be($"00-{span.TraceId}-{span.Id}-01");
        span.ParentId.Should().Be(traceParent == Kept ? "00f067aa0ba902b7" : "");
        span.Resource.Should().Contain("service.name", "signaling-hub").And.ContainKey("service.instance.id");
    }

    [Test]
    public async Task A_signal_that_the_hub_refuses_is_a_span_with_the_error()
    {
        await using var hub = await StartAsync("1", followClients: true);
        await using var peer = await RawClient.JoinAsync(hub.Nodes[0].HubUrl, "math-101");

        (await peer.SendDataAsync("nobody", "1")).Code.Should().Be("peer-not-in-room");

        await Receiver.UntilAsync(spans => spans.Any(IsRelay), "the span comes");
        Receiver.Spans.Single(IsRelay).Attributes["error.type"].Should().Be("peer-not-in-room");
    }

    private static bool IsRelay(ReceivedSpan span) => span.Attributes.GetValueOrDefault("signaling.kind") == "data";

    private Task<Cluster> StartAsync(string sample, bool followClients) => Cluster.StartAsync(new()
    {
        Nodes = 1,
        Redis = null,
        Settings = new Dictionary<string, string>(Settings) { ["Signaling__Tracing__Sample"] = sample, ["Signaling__Tracing__FollowClients"] = $"{followClients}" },
    });

    /// <returns>The trace parent with which a signal arrives.</returns>
    private static async Task<string?> RelayAsync(Uri hub, string? traceParent)
    {
        await using var sender = await RawClient.JoinAsync(hub, "math-101");
        await using var receiver = await RawClient.JoinAsync(hub, "math-101");
        var trace = traceParent is null ? "" : $$""","traceparent":"{{traceParent}}" """;
        (await sender.Client.InvokeAsync("Send", $$"""{"room":"math-101","to":"{{receiver.Id}}","data":1{{trace}}}""")).Succeeded();
        return (await receiver.SignalAsync()).TryGetProperty("traceparent", out var arrived) ? arrived.GetString() : null;
    }
}
