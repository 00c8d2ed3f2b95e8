namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>What the hub measures of itself.</summary>
public sealed class MetricsOptions
{
    /// <summary>Whether anything is measured and <c>/metrics</c> served.</summary>
    public bool Enabled { get; set; } = true;
}
