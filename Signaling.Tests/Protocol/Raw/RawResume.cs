using System.Text.Json;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>Joining so that one can resume, and resuming, as PROTOCOL.md says it.</summary>
internal static class RawResume
{
    public static async Task<RawPeer> JoinResumableAsync(Uri hub, string room, string? token = null, string name = "", HttpMessageInvoker? way = null)
    {
        var client = await RawClient.ConnectAsync(hub, $"room={room}&name={Uri.EscapeDataString(name)}&resumable=1", token, way);
        return new RawPeer(client, await client.MessageAsync("Welcome"));
    }

    /// <summary>Connects anew as the peer that another connection was.</summary>
    public static async Task<RawPeer> ResumeAsync(this RawPeer former, Uri hub, string? token = null, HttpMessageInvoker? way = null, int? attempt = null)
    {
        var client = await former.TryResumeAsync(hub, token, way, attempt);
        return new RawPeer(client, await client.MessageAsync("Welcome"));
    }

    public static Task<RawClient> TryResumeAsync(this RawPeer former, Uri hub, string? token = null, HttpMessageInvoker? way = null, int? attempt = null) =>
        RawClient.ConnectAsync(hub, $"room={former.Room}&resumable=1&peer={former.Id}&resume={former.ResumeToken()}{(attempt is null ? "" : $"&attempt={attempt}")}", token, way);

    public static string ResumeToken(this RawPeer peer) => peer.Welcome.GetProperty("resume").GetProperty("token").GetString()!;

    public static IEnumerable<JsonElement> Roster(this RawPeer peer) => peer.Welcome.GetProperty("roster").GetProperty("peers").EnumerateArray();
}
