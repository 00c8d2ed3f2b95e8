using System.Net;

namespace Signaling.LoadTest;

internal enum ScriptKind
{
    Call,
    Rate,
    Idle,
}

internal enum Spread
{
    Peers,
    Rooms,
}

/// <summary>What a run does, as given on the command line.</summary>
internal sealed record RunOptions
{
    public required IReadOnlyList<Uri> Urls { get; init; }

    public required int Peers { get; init; }

    public required int RoomSize { get; init; }

    /// <summary>Joins a second.</summary>
    public required double Ramp { get; init; }

    public required TimeSpan Duration { get; init; }

    public required ScriptKind Script { get; init; }

    /// <summary>Signals a second over all peers.</summary>
    public required double Rate { get; init; }

    public required int Payload { get; init; }

    /// <summary>The part of the peers that leaves and joins anew in a minute.</summary>
    public required double Churn { get; init; }

    public required TimeSpan Drain { get; init; }

    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan PingInterval { get; init; }

    public required TimeSpan ConnectTimeout { get; init; }

    public required int Retries { get; init; }

    public required Spread Spread { get; init; }

    public required string RoomPrefix { get; init; }

    public string? Token { get; init; }

    public string? Secret { get; init; }

    public required string Issuer { get; init; }

    public required string Audience { get; init; }

    public required IReadOnlyList<IPAddress> Sources { get; init; }

    public required bool Insecure { get; init; }

    public string RoomOf(int peer) => $"{RoomPrefix}-{peer / RoomSize}";

    public Uri UrlOf(int peer) => Urls[(Spread is Spread.Peers ? peer : peer / RoomSize) % Urls.Count];

    /// <summary>A few calls before the run: both ends have compiled their code by then, and nobody measures how long that took.</summary>
    public RunOptions ForWarmUp() => this with
    {
        Peers = Math.Min(Peers, 16),
        RoomSize = 4,
        Ramp = 20,
        Duration = WarmUp,
        Script = ScriptKind.Call,
        Churn = 0,
        Drain = TimeSpan.FromSeconds(1),
        PingInterval = TimeSpan.FromMilliseconds(500),
        RoomPrefix = RoomPrefix + "-warm",
        Retries = 0,
    };
}
