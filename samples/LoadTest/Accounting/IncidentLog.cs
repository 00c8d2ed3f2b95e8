using System.Collections.Concurrent;
using Signaling.LoadTest.Measuring;

namespace Signaling.LoadTest.Accounting;

/// <summary>Counts all incidents, and keeps the first ones to be looked at.</summary>
internal sealed class IncidentLog
{
    private const int MaxKept = 10_000;

    private readonly ConcurrentQueue<Incident> kept = new();

    public Counter Lost { get; } = new();

    public Counter Duplicated { get; } = new();

    public IReadOnlyCollection<Incident> Kept => kept;

    public void Add(Incident incident)
    {
        (incident.What is Incident.Loss ? Lost : Duplicated).Add();
        if (Lost.Value + Duplicated.Value <= MaxKept) kept.Enqueue(incident);
    }
}
