using Signaling.Contracts;

namespace Signaling.Hub.Access;

/// <summary>A room id, or the beginning of room ids and <c>*</c>.</summary>
internal static class RoomPattern
{
    private const char Rest = '*';

    public static bool IsValid(string text) => text is ['*'] || SignalingIds.IsValid(text.EndsWith(Rest) ? text[..^1] : text);

    public static bool Matches(string pattern, string room) => pattern.EndsWith(Rest)
        ? room.AsSpan().StartsWith(pattern.AsSpan(..^1), StringComparison.Ordinal)
        : string.Equals(room, pattern, StringComparison.Ordinal);
}
