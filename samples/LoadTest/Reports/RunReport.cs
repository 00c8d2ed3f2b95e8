namespace Signaling.LoadTest.Reports;

/// <summary>What a run found, as the JSON file has it. Within a schema, fields are only added.</summary>
internal sealed record RunReport
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>More than one in a sum.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Ended early by the user.</summary>
    public bool Interrupted { get; init; }

    public required OptionsReport Options { get; init; }

    public required TimesReport Seconds { get; init; }

    public required PeersReport Peers { get; init; }

    public required SignalsReport Signals { get; init; }

    public required TrafficReport Traffic { get; init; }

    public required HistogramReport LatencyMs { get; init; }

    public required HistogramReport JoinMs { get; init; }

    public required HistogramReport PingMs { get; init; }

    public required HistogramReport SendLagMs { get; init; }

    public required long AbnormalDisconnects { get; init; }

    public required SortedDictionary<string, long> Errors { get; init; }

    public required IReadOnlyList<IncidentReport> Incidents { get; init; }

    public required ProcessReport Process { get; init; }

    public IReadOnlyList<Verdict> Thresholds { get; init; } = [];
}
