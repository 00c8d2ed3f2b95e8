using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Signaling.Client;

namespace Signaling.Benchmarks.TracingCost;

/// <summary>A hub process, and the pairs of peers that play on it.</summary>
internal sealed partial class Contender : IAsyncDisposable
{
    private static readonly JsonElement Ball = JsonSerializer.SerializeToElement("01234567890123456789012345678901234567890123456789");

    private readonly Process _hub;
    private readonly List<SignalingClient> _clients = [];
    private readonly List<(Room One, Room Other)> _pairs = [];

    private Contender(string name, Process hub) => (Name, _hub) = (name, hub);

    public string Name { get; }

    /// <param name="name">For the report.</param>
    /// <param name="sample">The share of traces that are kept; <c>null</c> for no tracing at all.</param>
    /// <param name="endpoint">Where spans go.</param>
    /// <param name="pairs">How many.</param>
    public static async Task<Contender> StartAsync(string name, string? sample, string endpoint, int pairs)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Signaling.Hub.dll")]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development"; // Lets guests in.
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Signaling__Limits__InvocationsPerSecond"] = "1000000";
        if (sample is not null) start.Environment["Signaling__Tracing__Sample"] = sample;
        if (sample is not null) start.Environment["Signaling__Tracing__Endpoint"] = endpoint;
        start.Environment["Signaling__Tracing__Protocol"] = "http/protobuf";
        var contender = new Contender(name, Process.Start(start)!);
        var hub = new Uri(await contender.AddressAsync(), "signaling");
        for (var i = 0; i < pairs; i++) contender._pairs.Add((await contender.JoinAsync(hub, $"pair-{i}"), await contender.JoinAsync(hub, $"pair-{i}")));
        return contender;
    }

    /// <summary>Lets all pairs play at once.</summary>
    /// <returns>The microseconds of processor time that the hub has spent on each signal.</returns>
    public async Task<double> PlayAsync(TimeSpan length)
    {
        var before = Processor();
        var signals = await Task.WhenAll(_pairs.Select(pair => PlayAsync(pair.One, pair.Other, length)));
        return (Processor() - before).TotalMicroseconds / signals.Sum();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        _hub.Kill();
        await _hub.WaitForExitAsync();
        _hub.Dispose();
    }

    private static async Task<int> PlayAsync(Room one, Room other, TimeSpan length)
    {
        var (time, count) = (TimeProvider.System, 0);
        var began = time.GetTimestamp();
        await using var here = one.Messages.GetAsyncEnumerator();
        await using var there = other.Messages.GetAsyncEnumerator();
        while (time.GetElapsedTime(began) < length)
        {
            await Task.WhenAll(one.SendDataAsync(Ball), there.MoveNextAsync().AsTask());
            await Task.WhenAll(other.SendDataAsync(Ball), here.MoveNextAsync().AsTask());
            count += 2;
        }

        return count;
    }

    private async Task<Room> JoinAsync(Uri hub, string room)
    {
        var client = new SignalingClient(hub);
        _clients.Add(client);
        return await client.JoinRoomAsync(room);
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

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9][0-9]*")]
    private static partial Regex Listening();
}
