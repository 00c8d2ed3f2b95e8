using Signaling.Client;
using Signaling.Contracts;

namespace ConsolePeer.Words;

/// <summary>Peers and what they show of themselves (samples/README.md lists the call page's attributes).</summary>
internal static class PeerWords
{
    public static string Label(RemotePeer peer) => Text.Clean(peer.Name ?? peer.Id);

    public static string Details(RemotePeer peer) =>
        string.Join(", ", new[] { peer.User is null ? "" : $"user {peer.User}", Shows(peer.Attributes, "") }.Where(part => part.Length > 0));

    /// <summary>What is worth knowing about a peer that has just come.</summary>
    public static string Remark(RemotePeer peer) => Details(peer) is { Length: > 0 } details ? $" ({details})" : "";

    public static string Departed(LeaveReason reason) => reason switch
    {
        LeaveReason.Left => "has left",
        LeaveReason.Disconnected => "is gone: the connection was lost",
        LeaveReason.RegionLost => "is gone: the region could not be reached for too long",
        LeaveReason.RoomFull => "had to go: the room was too full",
        _ => "is gone",
    };

    public static string Shows(IReadOnlyDictionary<string, string> attributes, string nothing)
    {
        var shown = attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(Show).OfType<string>().ToArray();
        return shown.Length > 0 ? string.Join(", ", shown) : nothing;
    }

    private static string? Show(KeyValuePair<string, string> attribute) => attribute switch
    {
        { Key: "hand", Value: "true" } => "hand raised",
        { Key: "muted", Value: "true" } => "muted",
        { Key: "camera", Value: "off" } => "no camera",
        { Key: "screen", Value: "true" } => "shares a screen",
        { Key: "screenStream" } => null,
        _ => $"{attribute.Key}={Text.Clean(attribute.Value)}",
    };
}
