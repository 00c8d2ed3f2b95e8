namespace Signaling.Contracts;

/// <summary>This connection is no longer the peer of a room.</summary>
public sealed record Removed
{
    /// <summary>The room's id.</summary>
    public required string Room { get; init; }

    /// <summary>The peer that it was.</summary>
    public required string PeerId { get; init; }

    /// <summary>Why: <see cref="ErrorCode.Replaced"/>, <see cref="ErrorCode.ResumeExpired"/> or <see cref="ErrorCode.RoomFull"/>.</summary>
    public required ErrorCode Code { get; init; }

    /// <summary>What to do about it.</summary>
    public required ErrorAction Action { get; init; }
}
