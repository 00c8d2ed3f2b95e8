using System.Collections.Concurrent;
using System.Diagnostics;
using Signaling.Hub.Telemetry;

namespace Signaling.Tests.Tracing;

/// <summary>Every span that a hub of this process starts, kept or not.</summary>
internal sealed class StartedSpans : IDisposable
{
    private readonly ConcurrentQueue<string> _names = new();
    private readonly ActivityListener _listener;

    /// <param name="wanted">What this listener asks for.</param>
    public StartedSpans(ActivitySamplingResult wanted)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == SignalingTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => wanted,
            ActivityStarted = span => _names.Enqueue(span.OperationName),
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<string> Names => _names;

    public void Dispose() => _listener.Dispose();
}
