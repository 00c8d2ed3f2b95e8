namespace Signaling.Contracts;

/// <summary>The node is about to stop. Connect again, resume there, and close this connection afterwards.</summary>
public sealed record GoingAway
{
    /// <summary>When this connection will be closed, in milliseconds from now.</summary>
    public required int DeadlineMs { get; init; }

    /// <summary>Wait a random time of up to this many milliseconds first, so that not everybody moves at once.</summary>
    public required int SpreadMs { get; init; }
}
