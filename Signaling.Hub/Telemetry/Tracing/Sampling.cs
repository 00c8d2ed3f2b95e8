using System.Diagnostics;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>Which traces are kept. It is known before there is a span, so that a call of a trace that is not kept has none.</summary>
internal sealed class Sampling(IOptions<SignalingOptions> options)
{
    private readonly bool _decides = options.Value.Tracing.Endpoint is not null; // Otherwise a host that listens has a sampler of its own.

    /// <summary>All nodes decide alike for one trace: by what its beginning says, or by its id.</summary>
    public Sampler Sampler { get; } = SamplerOf(options.Value.Tracing);

    /// <param name="traceParent">As a client or another node has sent it.</param>
    /// <param name="parent">Of the span to start. Where the trace begins here, this has its id and no more.</param>
    public bool Keeps(string? traceParent, out ActivityContext parent)
    {
        parent = default;
        return Spans.IsOn && (ActivityContext.TryParse(traceParent, null, isRemote: true, out parent) ? Keeps(parent, parent.TraceId) : KeepsNew(out parent));
    }

    private static ParentBasedSampler SamplerOf(TracingOptions options)
    {
        var share = new TraceIdRatioBasedSampler(options.Sample);
        return options.FollowClients ? new ParentBasedSampler(share) : new ParentBasedSampler(share, remoteParentSampled: share);
    }

    private bool KeepsNew(out ActivityContext parent)
    {
        var id = ActivityTraceId.CreateRandom();
        parent = _decides ? new ActivityContext(id, spanId: default, ActivityTraceFlags.Recorded) : default;
        return Keeps(default, id);
    }

    private bool Keeps(ActivityContext parent, ActivityTraceId id) =>
        !_decides || Sampler.ShouldSample(new SamplingParameters(parent, id, SignalingTelemetry.ActivitySourceName, ActivityKind.Server)).Decision is SamplingDecision.RecordAndSample;
}
