using System.Diagnostics;
using System.Text.RegularExpressions;
using HdrHistogram;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>A hub process, and the pairs of peers that play on it.</summary>
internal sealed partial class Contender : IAsyncDisposable
{
    private const long MostMicroseconds = 60_000_000;

    private readonly Process _hub;
    private readonly List<Pair> _pairs = [];

    private Contender(string name, Process hub) => (Name, _hub) = (name, hub);

    public string Name { get; }

    /// <param name="name">For the report.</param>
    /// <param name="settings">Of the hub, as environment variables.</param>
    /// <param name="pairs">How many.</param>
    /// <param name="traceParent">What comes with each signal.</param>
    public static async Task<Contender> StartAsync(string name, IReadOnlyDictionary<string, string> settings, int pairs, string? traceParent)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll")]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development"; // Lets guests in.
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Signaling__Limits__InvocationsPerSecond"] = "1000000";
        foreach (var (key, value) in settings) start.Environment[key] = value;
        var contender = new Contender(name, Process.Start(start)!);
        var address = await contender.AddressAsync();
        for (var i = 0; i < pairs; i++) contender._pairs.Add(await Pair.JoinAsync(address, $"pair-{i}", traceParent));
        return contender;
    }

    /// <summary>Lets all pairs play at once.</summary>
    public async Task<Turn> PlayAsync(TimeSpan length, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var (began, before) = (time.GetTimestamp(), Processor());
        var latencies = await Task.WhenAll(_pairs.Select(pair => pair.PlayAsync(length, cancellation)));
        var (elapsed, spent) = (time.GetElapsedTime(began), Processor() - before);
        var all = new LongHistogram(1, MostMicroseconds, 3);
        foreach (var one in latencies) all.Add(one);
        return new Turn(all.TotalCount, elapsed, spent, all);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pair in _pairs) pair.Dispose();
        _hub.Kill();
        await _hub.WaitForExitAsync();
        _hub.Dispose();
    }

    private TimeSpan Processor()
    {
        _hub.Refresh();
        return _hub.TotalProcessorTime;
    }

    private async Task<Uri> AddressAsync()
    {
        while (await _hub.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is not { Success: true } match) continue;
            _ = _hub.StandardOutput.ReadToEndAsync(); // A hub whose words nobody reads would stop.
            return new Uri(match.Value);
        }

        throw new InvalidOperationException("The hub did not start.");
    }

    [GeneratedRegex(@"(?<=Now listening on: )http://\S+")]
    private static partial Regex Listening();
}
