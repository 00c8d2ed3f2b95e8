namespace Signaling.Client;

/// <summary>How to join a room.</summary>
public sealed record JoinOptions
{
    /// <summary>The display name: at most 64 UTF-16 code units, no control characters.</summary>
    public string? Name { get; init; }

    /// <summary>First attributes: at most 16, keys are ids, values at most 256 UTF-16 code units.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
