namespace Signaling.Hub.Telemetry;

/// <summary>Names under which the hub tells what it measures.</summary>
public static class SignalingTelemetry
{
    /// <summary>The meter of every instrument of the hub (<c>System.Diagnostics.Metrics</c>).</summary>
    public const string MeterName = "Signaling.Hub";

    /// <summary>The source of every span of the hub (<c>System.Diagnostics.ActivitySource</c>).</summary>
    public const string ActivitySourceName = "Signaling.Hub";
}
