using System.Text.Json.Serialization;

namespace Signaling.Lab.Clients;

/// <summary>What an agent is to do, one JSON object a line. Times are timestamps of the machine's monotonic clock, which all its processes share.</summary>
[JsonDerivedType(typeof(JoinOrder), "join")]
[JsonDerivedType(typeof(LeaveOrder), "leave")]
[JsonDerivedType(typeof(SendOrder), "send")]
[JsonDerivedType(typeof(CollectOrder), "collect")]
[JsonDerivedType(typeof(SightOrder), "sight")]
[JsonDerivedType(typeof(GetOrder), "get")]
internal abstract record Order
{
    /// <summary>The answer has it, too.</summary>
    public int Id { get; init; }
}

/// <summary>A new peer, by a connection of its own.</summary>
internal sealed record JoinOrder(string Peer, Uri Hub, string Room) : Order;

internal sealed record LeaveOrder(string Peer) : Order;

/// <summary>App data to one peer, the next one each time after the interval, whatever has become of those before.</summary>
internal sealed record SendOrder(string Peer, string To, int Count, double IntervalMs) : Order;

/// <summary>Waits until so many signals have arrived, and tells how long each took.</summary>
internal sealed record CollectOrder(string Peer, int Count) : Order;

/// <summary>Waits until a peer has seen another one in its room.</summary>
internal sealed record SightOrder(string Peer, string Other) : Order;

/// <summary>An HTTP request from where the agent is.</summary>
internal sealed record GetOrder(Uri Url) : Order;

/// <summary>What an agent answers, one JSON object a line.</summary>
internal sealed record Answer(int Id)
{
    /// <summary>Why it could not.</summary>
    public string? Error { get; init; }

    public JoinAnswer? Joined { get; init; }

    public IReadOnlyList<double>? LatenciesMs { get; init; }

    public long? SeenAt { get; init; }

    public string? Text { get; init; }
}

/// <summary>A join: begun, welcomed, and who was in the welcome's roster.</summary>
internal sealed record JoinAnswer(string PeerId, long BeganAt, long WelcomedAt, IReadOnlyList<string> Roster);
