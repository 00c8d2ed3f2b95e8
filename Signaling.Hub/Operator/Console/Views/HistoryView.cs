namespace Signaling.Hub.Operator.Console.Views;

/// <summary>What was counted.</summary>
/// <param name="StepSeconds">The time of one point.</param>
/// <param name="Regions">Those that have something new.</param>
internal sealed record HistoryView(int StepSeconds, IReadOnlyList<RegionHistoryView> Regions);

internal sealed record RegionHistoryView(string Name, IReadOnlyList<PointView> Points);

/// <summary>A step of a region's, all its nodes together.</summary>
/// <param name="At">Its end.</param>
/// <param name="Connections">Client connections at its end.</param>
/// <param name="Peers">Peers at its end.</param>
/// <param name="Rooms">Rooms at its end, each counted once.</param>
/// <param name="SignalsPerSecond">Signals handed on, one for each receiver.</param>
/// <param name="RelayMs">From a signal's arrival to its being handed on.</param>
/// <param name="ClientRttMs">Round trips between clients and nodes, as clients measure them.</param>
/// <param name="IceSetUpMs">Set-up times of ICE, as clients report them.</param>
/// <param name="IceConnected">Peer connections that came about, as clients report them.</param>
/// <param name="IceFailed">Peer connections that did not.</param>
/// <param name="IceRelayed">Those that came about by way of a TURN server.</param>
/// <param name="AbnormalEnds">Client connections that were lost or dropped.</param>
internal sealed record PointView(
    DateTimeOffset At, int Connections, int Peers, int Rooms, double SignalsPerSecond, Quantiles? RelayMs, Quantiles? ClientRttMs, Quantiles? IceSetUpMs, int IceConnected, int IceFailed, int IceRelayed, int AbnormalEnds);

/// <summary>In milliseconds.</summary>
internal sealed record Quantiles(double P50, double P95, double P99);
