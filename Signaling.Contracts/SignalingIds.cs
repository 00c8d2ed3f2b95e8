namespace Signaling.Contracts;

/// <summary>Rules for ids, shared by both sides.</summary>
public static class SignalingIds
{
    /// <summary>Whether the text is a valid id: <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public static bool IsValid(string? id)
    {
        if (string.IsNullOrEmpty(id) || id!.Length > SignalingLimits.MaxIdLength) return false;
        foreach (var c in id)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_')) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether the peer <paramref name="self"/> is the polite one towards <paramref name="other"/>: the peer whose id is smaller,
    /// compared code unit by code unit, yields when both offer at once (perfect negotiation, W3C WebRTC §10.7).
    /// </summary>
    public static bool IsPolite(string self, string other) => string.CompareOrdinal(self, other) < 0;
}
