using Signaling.Contracts;

namespace Signaling.Hub.Rooms.Directory;

/// <summary>A peer as the directory knows it: what the others see, and who holds its socket.</summary>
internal sealed record PeerEntry
{
    /// <summary>What the others see, but for <see cref="PeerInfo.State"/>, which follows from the rest.</summary>
    public required PeerInfo Info { get; init; }

    /// <summary>The region of its node; <c>null</c> for this node's own.</summary>
    public string? Region { get; init; }

    /// <summary>The node that is the authority for this peer.</summary>
    public required string Node { get; init; }

    /// <summary>When it joined by the directory's clock, in Unix milliseconds; by its node's while the directory is away. Orders the peers of several regions.</summary>
    public long Joined { get; init; }

    /// <summary>Grows with each resume; of two claims the higher one holds.</summary>
    public long Generation { get; init; } = 1;

    /// <summary>Whether its socket is lost and the peer may still resume.</summary>
    public bool Away { get; init; }

    /// <summary>Hash of the token that resumes it; <c>null</c> for a peer that leaves with its connection.</summary>
    public string? ResumeHash { get; init; }

    /// <summary>The token used last, which may be used again in case the answer was lost; <c>null</c> before the first resume.</summary>
    public FormerToken? Former { get; init; }

    /// <summary>Its place in the order of joining in its region.</summary>
    public long Order { get; init; }

    public string Id => Info.Id;
}

/// <summary>A resume token that was used.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Until">Until when it may be used again, in milliseconds of Unix time by Redis' clock.</param>
/// <param name="Attempt">The number of the try that used it last, if the client counts them; only a later one may use it again.</param>
internal sealed record FormerToken(string Hash, long Until, long? Attempt);
