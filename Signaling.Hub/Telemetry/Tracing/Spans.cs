using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.Hub.Telemetry.Tracing;

/// <summary>The spans of the hub, named by OpenTelemetry's conventions for RPC, messaging and databases. Without a listener there is none.</summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(SignalingTelemetry.ActivitySourceName, typeof(Spans).Assembly.GetName().Version?.ToString(3));

    public static bool IsOn => Source.HasListeners();

    /// <summary>The kept span of the call that is served just now.</summary>
    private static Activity? Served => IsOn && Activity.Current is { Recorded: true, IsStopped: false } current && current.Source == Source ? current : null;

    /// <summary>Serves a call of a client. Call from an async method, which gives its caller's activity back.</summary>
    public static Activity? Serve(string method, ActivityContext parent)
    {
        // The connection's own activity lasts as long as the connection, and is part of no call.
        Activity.Current = null;
        var name = $"{nameof(SignalingHub)}/{method}";
        return Source.StartActivity(name, ActivityKind.Server, parent)?.SetTag("rpc.system.name", "signalr").SetTag("rpc.method", name);
    }

    /// <summary>Hands what a call brings to another node.</summary>
    /// <param name="what">What is handed over.</param>
    /// <param name="region">The node's region; <c>null</c> for this one.</param>
    /// <param name="node">Its id.</param>
    public static Activity? Publish(string what, string? region, string node) => Served is null ? null : Source.StartActivity($"publish {what}", ActivityKind.Producer)?
        .SetTag("messaging.system", "redis")
        .SetTag("messaging.operation.name", "publish")
        .SetTag("messaging.operation.type", "send")
        .SetTag("messaging.destination.name", node)
        .SetTag("signaling.path", PathTo(region));

    /// <summary>Takes in what another node has published.</summary>
    public static Activity? Process(string what, ActivityContext parent) => Source.StartActivity($"process {what}", ActivityKind.Consumer, parent)?
        .SetTag("messaging.system", "redis")
        .SetTag("messaging.operation.name", "process")
        .SetTag("messaging.operation.type", "process");

    /// <summary>Asks Redis, for a call, to run a script.</summary>
    public static Activity? Query(string script) => Served is null ? null : Source.StartActivity($"EVALSHA {script}", ActivityKind.Client)?
        .SetTag("db.system.name", "redis")
        .SetTag("db.operation.name", "EVALSHA")
        .SetTag("db.stored_procedure.name", script);

    /// <summary>The call's signal goes to a node of a region; to this one's own sockets with <c>local</c>.</summary>
    public static void Goes(string path) => Served?.SetTag("signaling.path", path);

    public static string PathTo(string? region) => region is null ? "node" : "region";

    public static void Fail(this Activity? span, Exception failure) => span?
        .SetStatus(ActivityStatusCode.Error)
        .SetTag("error.type", failure is Refusal refusal ? JsonNamingPolicy.KebabCaseLower.ConvertName(refusal.Code.ToString()) : failure.GetType().FullName);

    /// <summary>What follows from the signal is the span's child. Where the span is not kept, the sender's stays the parent.</summary>
    public static Signal Under(this Signal signal, Activity? span) => span is { Recorded: true } ? signal with { TraceParent = span.Id } : signal;

    /// <summary>The same for a message whose parent is known, in place: trace parents are all of one length.</summary>
    public static void Reparent(byte[] message, string from, Activity? span)
    {
        if (span is not { Recorded: true, Id: { } id } || id.Length != from.Length) return;
        var place = message.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(from));
        if (place >= 0) Encoding.ASCII.GetBytes(id, message.AsSpan(place));
    }
}
