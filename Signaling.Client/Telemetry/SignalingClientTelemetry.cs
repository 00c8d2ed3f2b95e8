namespace Signaling.Client;

/// <summary>Names under which the client tells what it does.</summary>
/// <remarks>
/// <para>With a listener (OpenTelemetry: <c>AddSource(SignalingClientTelemetry.ActivitySourceName)</c>) each join and resume, each signal sent, and each one handed over is a span, and one trace
/// leads from the sender through the hub to the receiver. Sending is a child of <c>Activity.Current</c>. What a <see cref="PerfectNegotiator"/> does about a signal is a
/// child of that; an app that reads signals itself continues from <see cref="Contracts.Signal.TraceParent"/> and <see cref="RoomMessage.TraceParent"/>. An answer continues the trace of the
/// offer in any case. Spans tell what kind a signal is of, never what is in it, and no ids.</para>
/// <para>Without a listener there is no span, and next to no cost.</para>
/// </remarks>
public static class SignalingClientTelemetry
{
    /// <summary>The source of every span of the client (<c>System.Diagnostics.ActivitySource</c>).</summary>
    public const string ActivitySourceName = "Signaling.Client";
}
