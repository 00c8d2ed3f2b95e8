using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Signaling.Client;
using Signaling.Tests.Client.Negotiation;
using Signaling.Tests.Tracing.Otlp;

namespace Signaling.Tests.Tracing;

/// <summary>A collector, the clients of this process, and whatever hubs: all of them send their spans to it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal abstract class TraceScenario : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _ours = [];
    private TracerProvider _clients = null!;

    private protected OtlpReceiver Receiver { get; private set; } = null!;

    /// <summary>Of a hub that keeps every trace and sends spans soon.</summary>
    private protected Dictionary<string, string> Settings => new()
    {
        ["Signaling__Tracing__Endpoint"] = Receiver.Grpc,
        ["Signaling__Tracing__Salt"] = "salt-of-the-deployment",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    [SetUp]
    public async Task StartReceiver()
    {
        Receiver = await OtlpReceiver.StartAsync();
        _clients = Sdk.CreateTracerProviderBuilder()
            .AddSource(SignalingClientTelemetry.ActivitySourceName)
            .ConfigureResource(resource => resource.AddService("client"))
            .AddProcessor(new SimpleActivityExportProcessor(new OtlpTraceExporter(new OtlpExporterOptions { Protocol = OtlpExportProtocol.HttpProtobuf, Endpoint = new Uri($"{Receiver.Http}/v1/traces") })))
            .Build();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_ours)) await one.DisposeAsync();
        _clients.Dispose();
        await Receiver.DisposeAsync();
    }

    private protected T Ours<T>(T one) where T : IAsyncDisposable
    {
        _ours.Add(one);
        return one;
    }

    private protected async Task<Room> JoinAsync(Uri hub, string room = "math-101", SignalingClientOptions? options = null, JoinOptions? join = null) =>
        await Ours(new SignalingClient(hub, options ?? new())).JoinRoomAsync(room, join);

    /// <summary>The first room's client offers and the other one answers, each with a negotiator.</summary>
    private protected async Task NegotiateAsync(Room offering, Room answering)
    {
        await Eventually.TrueAsync(() => offering.Peers.Count > 0 && answering.Peers.Count > 0, "they see each other");
        var (here, there) = (new FakePeerConnection(() => Task.CompletedTask), new FakePeerConnection(() => Task.CompletedTask));
        Ours(new PerfectNegotiator(offering.Peers[0], here));
        Ours(new PerfectNegotiator(answering.Peers[0], there));
        here.Need();
        await here.UntilAsync(connection => connection.IsNegotiated);
    }

    /// <summary>The way of the last span of that name, from where its trace began.</summary>
    private protected async Task<IEnumerable<string>> WayToAsync(string last)
    {
        await Receiver.UntilAsync(spans => spans.Any(span => span.Name == last && Receiver.PathTo(span)[0].ParentId.Length is 0), $"the whole way to {last} is known");
        return Receiver.PathTo(Receiver.Spans.Last(span => span.Name == last && Receiver.PathTo(span)[0].ParentId.Length is 0)).Select(span => span.ToString());
    }
}
