using Signaling.Contracts;

namespace Signaling.Hub.Rooms.Peers;

/// <summary>The shape of what a peer says of itself.</summary>
internal static class PeerRules
{
    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidRoom"/>.</exception>
    public static void CheckRoom(string room)
    {
        if (!SignalingIds.IsValid(room)) throw new Refusal(ErrorCode.InvalidRoom, "A room id is 1 to 64 of A-Z, a-z, 0-9, _ and -.");
    }

    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidName"/>.</exception>
    public static void CheckName(string? name)
    {
        if (name is null) return;
        if (name.Length > SignalingLimits.MaxNameLength || name.Any(char.IsControl))
        {
            throw new Refusal(ErrorCode.InvalidName, $"A name has at most {SignalingLimits.MaxNameLength} UTF-16 code units and no control characters.");
        }
    }

    /// <summary>The attributes after a change; <c>null</c> when none is left.</summary>
    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidAttributes"/>.</exception>
    public static IReadOnlyDictionary<string, string>? Merge(
        IReadOnlyDictionary<string, string>? current, IEnumerable<KeyValuePair<string, string?>>? change)
    {
        if (change is null) return current;
        var merged = current is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new(current, StringComparer.Ordinal);
        foreach (var (key, value) in change)
        {
            if (!SignalingIds.IsValid(key)) throw new Refusal(ErrorCode.InvalidAttributes, "An attribute's key is 1 to 64 of A-Z, a-z, 0-9, _ and -.");
            if (value is null) merged.Remove(key);
            else if (value.Length > SignalingLimits.MaxAttributeValueLength) throw new Refusal(ErrorCode.InvalidAttributes, $"The value of '{key}' has more than {SignalingLimits.MaxAttributeValueLength} UTF-16 code units.");
            else merged[key] = value;
        }

        if (merged.Count > SignalingLimits.MaxAttributes) throw new Refusal(ErrorCode.InvalidAttributes, $"A peer has at most {SignalingLimits.MaxAttributes} attributes.");
        return merged.Count is 0 ? null : merged;
    }
}
