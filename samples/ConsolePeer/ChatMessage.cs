using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsolePeer;

/// <summary>A line of chat, as the call page sends it too: <c>{ "chat": "text" }</c>.</summary>
internal static class ChatMessage
{
    private const int LongestShown = 2_000;

    public static JsonElement Write(string text) => JsonSerializer.SerializeToElement(new Wire(text), ChatJson.Default.Wire);

    /// <returns><c>null</c> when the data is something else.</returns>
    public static string? Read(JsonElement data) =>
        data.ValueKind is JsonValueKind.Object && data.TryGetProperty("chat", out var chat) && chat.ValueKind is JsonValueKind.String
            ? Shorten(chat.GetString()!)
            : null;

    private static string Shorten(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    internal sealed record Wire([property: JsonPropertyName("chat")] string Chat);
}

[JsonSerializable(typeof(ChatMessage.Wire))]
internal sealed partial class ChatJson : JsonSerializerContext;
