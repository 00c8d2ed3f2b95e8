using Microsoft.Extensions.Options;
using Prometheus;
using Signaling.Contracts;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Stun;

namespace Signaling.Hub.Telemetry.Metrics;

/// <summary>STUN and TURN servers, and the peer connections that clients report.</summary>
internal sealed class IceMetrics
{
    private static readonly double[] RestartBuckets = [0, 1, 2, 3, 5, 10];

    /// <summary>STUN, TURN and W3C codes that say something of their own; whatever else a client writes counts as one more.</summary>
    private static readonly int[] KnownCodes = [300, 400, 401, 403, 420, 437, 438, 440, 441, 442, 443, 486, 500, 508, 600, 701];

    private readonly MetricsRegistry _registry;
    private readonly KnownServers _servers;
    private readonly string _region;
    private readonly Gauge _up;
    private readonly Histogram _probe;
    private readonly Counter _probeFailures;
    private readonly Counter _serverFailures;
    private readonly Histogram _iceSetUp;
    private readonly Histogram _setUp;
    private readonly Counter _connections;
    private readonly Counter _pairs;
    private readonly Histogram _restarts;

    public IceMetrics(MetricsRegistry registry, KnownServers servers, IOptions<SignalingOptions> options)
    {
        (_registry, _servers, _region) = (registry, servers, options.Value.Region);
        _up = registry.Gauge("signaling_ice_server_up", "1 for a URL of a STUN or TURN server that peers get, 0 for one that they do not get.", "url");
        _probe = registry.Histogram("signaling_ice_server_probe_seconds", "Round trip of a probe to a STUN or TURN server.", MetricBuckets.RoundTrip, "url");
        _probeFailures = registry.Counter("signaling_ice_server_probe_failures_total", "Probes of a STUN or TURN server that have failed.", "url");
        _serverFailures = registry.Counter("signaling_ice_server_reported_failures_total", "Failures of STUN and TURN servers that clients report, by STUN error code.", "url", "code");
        _iceSetUp = registry.Histogram("signaling_ice_setup_seconds", "From the first description to ICE being connected, as clients report it.", MetricBuckets.SetUp, "region", "relayed");
        _setUp = registry.Histogram("signaling_peer_connection_setup_seconds", "From knowing of the other peer to media being able to flow, as clients report it.", MetricBuckets.SetUp, "region", "relayed");
        _connections = registry.Counter("signaling_peer_connections_total", "Outcomes of peer connections, as clients report them.", "region", "outcome", "failure");
        _pairs = registry.Counter("signaling_candidate_pairs_total", "Candidate pairs over which peer connections were connected, as clients report them.", "region", "local", "remote", "protocol");
        _restarts = registry.Histogram("signaling_ice_restarts", "ICE restarts that a peer connection had had by its report.", RestartBuckets, "region", "outcome");
        registry.BeforeScrape(Refresh);
    }

    public void Probed(string url, ProbeResult result)
    {
        if (!_registry.IsOn) return;
        if (result.Problem is null) _probe.WithLabels(url).Observe(result.RoundTrip.TotalSeconds);
        else _probeFailures.WithLabels(url).Inc();
    }

    public void Reported(ConnectionReport report)
    {
        if (!_registry.IsOn) return;
        var outcome = MetricLabels.Of(report.Outcome);
        _connections.WithLabels(_region, outcome, Name(report.Failure)).Inc();
        _restarts.WithLabels(_region, outcome).Observe(report.Restarts);
        if (report.Outcome is not ConnectionOutcome.Connected) return;
        var relayed = MetricLabels.Of(report.LocalCandidate is CandidateType.Relay || report.RemoteCandidate is CandidateType.Relay);
        if (report.IceSetupMs is { } iceSetUp) _iceSetUp.WithLabels(_region, relayed).Observe(iceSetUp / 1000.0);
        if (report.ConnectedMs is { } setUp) _setUp.WithLabels(_region, relayed).Observe(setUp / 1000.0);
        if (report is { LocalCandidate: { } local, RemoteCandidate: { } remote })
        {
            _pairs.WithLabels(_region, MetricLabels.Of(local), MetricLabels.Of(remote), Name(report.Protocol)).Inc();
        }
    }

    /// <param name="url">As configured.</param>
    /// <param name="errorCode">As the client reports it.</param>
    public void ServerFailed(string url, int errorCode)
    {
        if (_registry.IsOn) _serverFailures.WithLabels(url, KnownCodes.Contains(errorCode) ? $"{errorCode}" : "other").Inc();
    }

    private void Refresh()
    {
        foreach (var url in _servers.All.SelectMany(server => server.Urls)) _up.WithLabels(url.Text).Set(url.Health.IsWell ? 1 : 0);
    }

    private static string Name<T>(T? value) where T : struct, Enum => value is { } known ? MetricLabels.Of(known) : "none";
}
