using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub.Ice.Choice;
using Signaling.Hub.Ice.Stun;
using Signaling.Hub.Telemetry;

namespace Signaling.Hub.Ice;

/// <summary>What is measured of STUN and TURN servers, and of the connections that clients report. <c>docs/ice.md</c> lists the instruments.</summary>
internal sealed class IceMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly string _region;
    private readonly Histogram<double> _probe;
    private readonly Counter<long> _probeFailures;
    private readonly Histogram<double> _setup;
    private readonly Histogram<double> _connected;
    private readonly Counter<long> _connections;
    private readonly Counter<long> _pairs;
    private readonly Histogram<int> _restarts;
    private readonly Counter<long> _serverFailures;

    public IceMetrics(IMeterFactory meters, KnownServers servers, IOptions<SignalingOptions> options)
    {
        _region = options.Value.Region;
        _meter = meters.Create(SignalingTelemetry.MeterName);
        _probe = _meter.CreateHistogram<double>("signaling.ice.server.round_trip", "s", "Round trip of a probe to a STUN or TURN server.");
        _probeFailures = _meter.CreateCounter<long>("signaling.ice.server.probe_failures", "{probe}", "Probes of a STUN or TURN server that have failed.");
        _meter.CreateObservableGauge("signaling.ice.server.well", () => Well(servers), "{server}", "1 for a URL that peers get, 0 for one that they do not.");
        _setup = _meter.CreateHistogram<double>("signaling.ice.setup", "s", "From the first description to ICE being connected, as clients report it.");
        _connected = _meter.CreateHistogram<double>("signaling.connection.setup", "s", "From knowing of the other peer to media, as clients report it.");
        _connections = _meter.CreateCounter<long>("signaling.connection.outcomes", "{report}", "Outcomes of peer connections, as clients report them.");
        _pairs = _meter.CreateCounter<long>("signaling.connection.candidate_pairs", "{report}", "Candidate types of connected peer connections: the share of relayed ones.");
        _restarts = _meter.CreateHistogram<int>("signaling.ice.restarts", "{restart}", "ICE restarts of a peer connection until its report.");
        _serverFailures = _meter.CreateCounter<long>("signaling.ice.server.reported_failures", "{report}", "Failures of STUN and TURN servers that clients report.");
    }

    public void Probed(string url, ProbeResult result)
    {
        if (result.Problem is null) _probe.Record(result.RoundTrip.TotalSeconds, Tag("url", url));
        else _probeFailures.Add(1, Tag("url", url));
    }

    public void Reported(ConnectionReport report)
    {
        var (region, outcome) = (Tag("region", _region), Tag("outcome", Name(report.Outcome)));
        _connections.Add(1, region, outcome, Tag("failure", report.Failure is { } failure ? Name(failure) : "none"));
        _restarts.Record(report.Restarts, region, outcome);
        if (report.Outcome is not ConnectionOutcome.Connected) return;
        if (report.IceSetupMs is { } setup) _setup.Record(Seconds(setup), region, Tag("relayed", IsRelayed(report)));
        if (report.ConnectedMs is { } connected) _connected.Record(Seconds(connected), region, Tag("relayed", IsRelayed(report)));
        if (report is { LocalCandidate: { } local, RemoteCandidate: { } remote })
        {
            _pairs.Add(1, region, Tag("local", Name(local)), Tag("remote", Name(remote)), Tag("protocol", report.Protocol is { } protocol ? Name(protocol) : "none"));
        }
    }

    public void ServerFailed(string url, int errorCode) => _serverFailures.Add(1, Tag("url", url), Tag("code", errorCode));

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Well(KnownServers servers) =>
        servers.All.SelectMany(server => server.Urls).Select(url => new Measurement<int>(url.Health.IsWell ? 1 : 0, Tag("url", url.Text)));

    private static bool IsRelayed(ConnectionReport report) => report.LocalCandidate is CandidateType.Relay || report.RemoteCandidate is CandidateType.Relay;

    private static double Seconds(int milliseconds) => milliseconds / 1000.0;

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
