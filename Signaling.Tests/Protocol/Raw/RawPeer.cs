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

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
