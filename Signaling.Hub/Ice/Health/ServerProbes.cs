using Microsoft.Extensions.Options;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Credentials;
using Signaling.Hub.Ice.Stun;
using Signaling.Hub.Telemetry.Metrics;

namespace Signaling.Hub.Ice.Health;

/// <summary>Probes every URL of every server, again and again, each by itself.</summary>
internal sealed partial class ServerProbes(
    KnownServers servers, StunProbe probe, IceMetrics metrics, IOptions<SignalingOptions> options, TimeProvider time, ILogger<ServerProbes> logger) : BackgroundService
{
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    private readonly IceOptions _options = options.Value.Ice;
    private readonly string _node = $"probe.{Random.Shared.NextInt64():x}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.ProbeInterval == TimeSpan.Zero) return;
        var probed = servers.All.SelectMany(server => server.Urls.Where(url => url.Url.Transport is not IceTransport.Dtls).Select(url => (server, url)));
        await Task.WhenAll(probed.Select(each => WatchAsync(each.server, each.url, stoppingToken)));
    }

    private async Task WatchAsync(KnownServer server, KnownUrl url, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var began = time.GetTimestamp();
                await ProbeAsync(server, url, stop);
                var pause = (url.Health is { IsWell: true, IsDoubtful: true } ? Recheck : _options.ProbeInterval) - time.GetElapsedTime(began);
                await SleepAsync(url, pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task ProbeAsync(KnownServer server, KnownUrl url, CancellationToken stop)
    {
        var result = await TryAsync(server, url, stop);
        metrics.Probed(url.Text, result);
        if ((result.Problem ?? TooSlow(result.RoundTrip)) is { } problem)
        {
            if (url.Health.Failed(problem)) LogFailing(url.Text, problem);
            return;
        }

        if (url.Health.Succeeded(result.RoundTrip)) LogReturned(url.Text);
        if (server.Options.IsMinted && server.Secret != result.Credential)
        {
            server.Secret = result.Credential;
            if (result.Credential > 0) LogLaterSecret(url.Text, result.Credential);
        }
    }

    private async Task<ProbeResult> TryAsync(KnownServer server, KnownUrl url, CancellationToken stop)
    {
        try
        {
            return await probe.RunAsync(url.Url, CredentialsFor(server), _options.ProbeTimeout, stop);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogProbeFailed(failure, url.Text);
            return new ProbeResult(failure.Message);
        }
    }

    private IReadOnlyList<TurnCredential> CredentialsFor(KnownServer server) => server.Options switch
    {
        { IsMinted: false } fixedOnes => [new TurnCredential(fixedOnes.Username!, fixedOnes.Credential!)],
        _ => [.. _options.Secrets.Select(secret => TurnCredential.For(secret, time.GetUtcNow() + _options.CredentialLifetime, _node))],
    };

    private string? TooSlow(TimeSpan roundTrip) => roundTrip < _options.SlowFrom ? null : $"its round trip is {roundTrip.TotalMilliseconds:0} ms";

    /// <summary>Until it is time for the next probe, or clients complain.</summary>
    private async Task SleepAsync(KnownUrl url, TimeSpan pause, CancellationToken stop)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(url.Health.Suspicion, Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, awake.Token));
        await awake.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    [LoggerMessage(50, LogLevel.Warning, "Peers do not get {Url} any more: {Problem}")]
    private partial void LogFailing(string url, string problem);

    [LoggerMessage(51, LogLevel.Information, "Peers get {Url} again")]
    private partial void LogReturned(string url);

    [LoggerMessage(52, LogLevel.Warning, "{Url} takes the secret {Secret}, counted from 0, and none before it")]
    private partial void LogLaterSecret(string url, int secret);

    [LoggerMessage(53, LogLevel.Error, "Probing {Url} failed unexpectedly")]
    private partial void LogProbeFailed(Exception failure, string url);
}
