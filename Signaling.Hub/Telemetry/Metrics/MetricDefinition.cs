namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>A metric family, as <c>docs/metrics.md</c> lists it.</summary>
internal sealed record MetricDefinition(string Name, string Type, IReadOnlyList<string> Labels, string Help);
