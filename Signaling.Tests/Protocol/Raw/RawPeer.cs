using System.Text.Json;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>A raw client as the peer of one room.</summary>
internal sealed class RawPeer(RawClient client, JsonElement welcome) : IAsyncDisposable
{
    public RawClient Client => client;

    public JsonElement Welcome => welcome;

    public string Room { get; } = welcome.GetProperty("room").GetString()!;

    public string Id { get; } = welcome.GetProperty("peerId").GetString()!;

    /// <summary>Sends app data, given as JSON, to one peer.</summary>
    public Task<RawCompletion> SendDataAsync(string to, string json) =>
        client.InvokeAsync("Send", $$"""{"room":"{{Room}}","to":"{{to}}","data":{{json}}}""");

    public async Task<JsonElement> SignalAsync() => await client.MessageAsync("Signal");

    /// <summary>The ids of those who are in the room, as its node knows it now.</summary>
    public async Task<IReadOnlyList<string>> RosterIdsAsync()
    {
        var roster = (await client.InvokeAsync("GetRoster", $$"""{"room":"{{Room}}"}""")).Result;
        return [.. roster.GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("id").GetString()!)];
    }

    public async Task LeaveAsync() => (await client.InvokeAsync("Leave", $$"""{"room":"{{Room}}"}""")).Succeeded();

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
