using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Relay;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Sessions.Draining;

/// <summary>Moves every client to other nodes before this one stops: told one after another, so that they do not all move at once, and up to a deadline.</summary>
internal sealed partial class Drain(SessionRegistry sessions, DrainMetrics metrics, IOptions<SignalingOptions> options, TimeProvider time, ILogger<Drain> logger)
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly DrainOptions _options = options.Value.Drain;
    private readonly Lock _gate = new();
    private Task? _draining;

    /// <summary>Whether new connections go elsewhere.</summary>
    public bool HasBegun
    {
        get { lock (_gate) return _draining is not null; }
    }

    /// <summary>Drains, once. Done when every client has gone.</summary>
    public Task RunAsync()
    {
        lock (_gate) return _draining ??= DrainAsync();
    }

    private async Task DrainAsync()
    {
        var began = time.GetTimestamp();
        await Task.Yield();
        var connections = sessions.Count;
        LogBegun(connections);
        metrics.Began();
        if (!sessions.IsEmpty) await Task.Delay(_options.Notice, time);
        await TellAllAsync(began);
        while (!sessions.IsEmpty && time.GetElapsedTime(began) < _options.Deadline) await Task.Delay(Tick, time);

        var left = sessions.Count;
        LogEnded(left);
        metrics.Ended(connections, left);
        var stopped = new SignalingError(ErrorCode.GoingAway, "This node has stopped.");
        await Task.WhenAll(sessions.All.Select(session => session.Outbox.CloseAsync(stopped, ClosePatience, time)));
    }

    private async Task TellAllAsync(long began)
    {
        var waiting = sessions.All.ToArray();
        Random.Shared.Shuffle(waiting);
        var waves = Math.Max(1, (int)(_options.Spread / Tick));
        var wave = (waiting.Length + waves - 1) / waves;
        for (var told = 0; told < waiting.Length; told += wave)
        {
            if (told > 0) await Task.Delay(Tick, time);
            var left = _options.Deadline - time.GetElapsedTime(began);
            var message = ClientMessage.GoingAway(new GoingAway { DeadlineMs = (int)Math.Max(0, left.TotalMilliseconds), SpreadMs = (int)Tick.TotalMilliseconds });
            foreach (var session in waiting.Skip(told).Take(wave)) session.Outbox.Send(message);
        }
    }

    [LoggerMessage(30, LogLevel.Information, "Draining {Connections} connections")]
    private partial void LogBegun(int connections);

    [LoggerMessage(31, LogLevel.Information, "Drained; {Connections} connections are left and closed")]
    private partial void LogEnded(int connections);
}
