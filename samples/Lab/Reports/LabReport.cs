namespace Signaling.Lab.Reports;

/// <summary>What a run has found. Within a schema, fields are only added.</summary>
internal sealed record LabReport
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By pair of regions, in milliseconds.</summary>
    public required IReadOnlyDictionary<string, double> RoundTripsMs { get; init; }

    public required double JitterMs { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }

    public bool Holds => Checks.All(check => check.Holds);
}
