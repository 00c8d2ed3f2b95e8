namespace Signaling.Hub.Telemetry;

/// <summary>Names under which the hub tells what it does.</summary>
public static class SignalingTelemetry
{
    /// <summary>The source of every span of the hub (<c>System.Diagnostics.ActivitySource</c>).</summary>
    public const string ActivitySourceName = "Signaling.Hub";
}
