namespace Signaling.Hub.Operator.Console.History;

/// <summary>What one node has counted in one step of ten seconds.</summary>
internal sealed record Sample
{
    /// <summary>Which step, counted from the Unix epoch: the same on every node.</summary>
    public required long Step { get; init; }

    /// <summary>At the end of the step, as are the next two.</summary>
    public int Connections { get; init; }

    public int Peers { get; init; }

    /// <summary>Those that this node counts for its region, so that none is counted twice.</summary>
    public int Rooms { get; init; }

    public long Signals { get; init; }

    public int IceConnected { get; init; }

    public int IceFailed { get; init; }

    public int IceRelayed { get; init; }

    public int AbnormalEnds { get; init; }

    /// <summary>Times of relaying, as <see cref="LiveBuckets.Take"/> gives them; so the next two.</summary>
    public IReadOnlyList<int> Relay { get; init; } = [];

    public IReadOnlyList<int> ClientRoundTrip { get; init; } = [];

    public IReadOnlyList<int> IceSetUp { get; init; } = [];
}
