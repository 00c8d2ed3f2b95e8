namespace Signaling.LoadTest.Reports;

internal sealed record OptionsReport(
    IReadOnlyList<string> Urls,
    string Script,
    int RoomSize,
    double RampPerSecond,
    double DurationSeconds,
    double RatePerSecond,
    int PayloadBytes,
    double ChurnPerMinute);

internal sealed record TimesReport(double Ramp, double Run, double Drain);

internal sealed record PeersReport(
    long Requested, long Connected, long Failed, long AtEnd, long Retries, long Churned, long Rejoined)
{
    public PeersReport Add(PeersReport other) => new(
        Requested + other.Requested,
        Connected + other.Connected,
        Failed + other.Failed,
        AtEnd + other.AtEnd,
        Retries + other.Retries,
        Churned + other.Churned,
        Rejoined + other.Rejoined);
}

internal sealed record SignalsReport
{
    public required long Sent { get; init; }

    public required long Accepted { get; init; }

    public required long Received { get; init; }

    public required long Lost { get; init; }

    public required long Duplicated { get; init; }

    public required long Reordered { get; init; }

    public required long Refused { get; init; }

    public required long Unaccountable { get; init; }

    public required long Foreign { get; init; }

    public required long Skipped { get; init; }

    public required double ReceivedPerSecond { get; init; }

    public SignalsReport Add(SignalsReport other) => new()
    {
        Sent = Sent + other.Sent,
        Accepted = Accepted + other.Accepted,
        Received = Received + other.Received,
        Lost = Lost + other.Lost,
        Duplicated = Duplicated + other.Duplicated,
        Reordered = Reordered + other.Reordered,
        Refused = Refused + other.Refused,
        Unaccountable = Unaccountable + other.Unaccountable,
        Foreign = Foreign + other.Foreign,
        Skipped = Skipped + other.Skipped,
        ReceivedPerSecond = ReceivedPerSecond + other.ReceivedPerSecond,
    };
}

internal sealed record TrafficReport(long BytesSent, long BytesReceived)
{
    public TrafficReport Add(TrafficReport other) => new(BytesSent + other.BytesSent, BytesReceived + other.BytesReceived);
}

/// <summary>A signal that was lost or came twice: who sent it to whom, and its number in that pair's stream.</summary>
internal sealed record IncidentReport(string What, string Room, string? From, string? To, long Seq);

/// <summary>What the load test itself used.</summary>
internal sealed record ProcessReport(double CpuSeconds, long PeakMemoryBytes)
{
    public ProcessReport Add(ProcessReport other) => new(CpuSeconds + other.CpuSeconds, PeakMemoryBytes + other.PeakMemoryBytes);
}

internal sealed record PercentileReport(double Percentile, double Ms, long Count);
