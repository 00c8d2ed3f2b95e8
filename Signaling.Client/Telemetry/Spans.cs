using System.Diagnostics;
using Signaling.Contracts;

namespace Signaling.Client.Telemetry;

/// <summary>The spans of the client, named by OpenTelemetry's conventions for messaging and RPC. Without a listener there is none.</summary>
internal static class Spans
{
    private static readonly ActivitySource Source = new(SignalingClientTelemetry.ActivitySourceName, typeof(Spans).Assembly.GetName().Version?.ToString(3));

    /// <summary>What the caller does, for spans that begin later.</summary>
    public static ActivityContext Ambient => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Context : default;

    /// <summary>Asks the hub for a room, until <see cref="End"/>.</summary>
    public static Activity? Join(bool resumes, ActivityContext parent) => Source.HasListeners()
        ? Begin(resumes ? "resume" : "join", ActivityKind.Client, parent)?.SetTag("rpc.system.name", "signalr").SetTag("signaling.kind", resumes ? "resume" : "join")
        : null;

    /// <summary>Sends a signal, until <see cref="End"/>.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="answers">The trace parent of what it answers; of use where the caller is in no trace.</param>
    public static Activity? Send(string kind, string? answers) => Source.HasListeners()
        ? Begin($"send {kind}", ActivityKind.Producer, Ambient == default ? ParentOf(answers) : default)?.Describe("send", kind)
        : null;

    /// <summary>Handles a signal. What follows from it in the caller's flow is its child.</summary>
    public static Activity? Process(Signal signal) => Source.HasListeners() && KindOf(signal) is { } kind
        ? Source.StartActivity($"process {kind}", ActivityKind.Consumer, ParentOf(signal.TraceParent))?.Describe("process", kind)
        : null;

    /// <summary>Hands a signal to the app.</summary>
    /// <returns>The trace parent for what the app does about it.</returns>
    public static string? Receive(string? kind, string? traceParent)
    {
        if (kind is null || !Source.HasListeners()) return traceParent;
        var span = Begin($"receive {kind}", ActivityKind.Consumer, ParentOf(traceParent))?.Describe("receive", kind);
        span.End();
        return span.TraceParent() ?? traceParent;
    }

    public static string? TraceParent(this Activity? span) => span is { IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    public static string? KindOf(Signal signal) => signal switch
    {
        { Description: { } description } => KindOf(description),
        { Candidates: not null } => "candidates",
        { Data: not null } => "data",
        _ => null,
    };

    public static string KindOf(SessionDescription description) => description.Type switch
    {
        SdpType.Offer => "offer",
        SdpType.Answer => "answer",
        SdpType.Rollback => "rollback",
        _ => "unknown",
    };

    /// <summary>Ends a span, wherever that happens, and leaves the activity there as it is.</summary>
    public static void End(this Activity? span, Exception? failure = null)
    {
        if (span is null) return;
        var current = Activity.Current;
        if (failure is not null) span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", (failure as SignalingException)?.Code.ToString() ?? failure.GetType().FullName);
        span.Dispose();
        Activity.Current = current;
    }

    /// <summary>Begins a span that ends elsewhere, and so does not become the caller's activity.</summary>
    private static Activity? Begin(string name, ActivityKind kind, ActivityContext parent)
    {
        var current = Activity.Current;
        var span = Source.StartActivity(name, kind, parent);
        Activity.Current = current;
        return span;
    }

    private static Activity Describe(this Activity span, string operation, string kind) => span
        .SetTag("messaging.system", "signaling")
        .SetTag("messaging.operation.name", operation)
        .SetTag("messaging.operation.type", operation)
        .SetTag("signaling.kind", kind);

    private static ActivityContext ParentOf(string? traceParent) => ActivityContext.TryParse(traceParent, null, out var parent) ? parent : default;
}
