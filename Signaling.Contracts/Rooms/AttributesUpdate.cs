namespace Signaling.Contracts;

/// <summary>A change to the caller's own attributes.</summary>
public sealed record AttributesUpdate
{
    /// <summary>The room in which they change.</summary>
    public required string Room { get; init; }

    /// <summary>The attributes to set; a key with the value <c>null</c> is removed; keys not named stay as they are.</summary>
    public required IReadOnlyDictionary<string, string?> Attributes { get; init; }
}
