using System.Collections.Concurrent;

namespace Signaling.LoadTest.Measuring;

/// <summary>All that is measured beside the ledger.</summary>
internal sealed class Meters
{
    private readonly ConcurrentDictionary<string, long> errors = new();

    /// <summary>From the time a signal was meant to leave to its arrival.</summary>
    public Times Latency { get; } = new();

    /// <summary>From the time a join was meant to begin to its welcome, retries included.</summary>
    public Times Join { get; } = new();

    public Times Ping { get; } = new();

    /// <summary>How late this tool itself was in handing signals to their sockets.</summary>
    public Times SendLag { get; } = new();

    /// <summary>Peers that have joined at least once.</summary>
    public Counter Connected { get; } = new();

    /// <summary>Peers that gave up before they had ever joined.</summary>
    public Counter Failed { get; } = new();

    public Counter Retries { get; } = new();

    public Counter Churned { get; } = new();

    /// <summary>Joins after the connection was lost.</summary>
    public Counter Rejoined { get; } = new();

    public Counter AbnormalDisconnects { get; } = new();

    /// <summary>Signals that were due when their sender was not in its room, or was alone there.</summary>
    public Counter Skipped { get; } = new();

    public IReadOnlyDictionary<string, long> Errors => errors;

    public long ErrorCount => errors.Values.Sum();

    public void AddError(string code) => errors.AddOrUpdate(code, 1, static (_, count) => count + 1);
}
