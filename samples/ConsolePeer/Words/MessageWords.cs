using System.Text;
using ConsolePeer.View;
using Signaling.Client;

namespace ConsolePeer.Words;

/// <summary>App data.</summary>
internal static class MessageWords
{
    public static Line Describe(RoomMessage message) => ChatMessage.Read(message.Data) is { } text
        ? new($"{PeerWords.Label(message.From)}: {Text.Clean(text)}", LineKind.Chat)
        : new($"{PeerWords.Label(message.From)} sent app data, {Text.Size(Encoding.UTF8.GetByteCount(message.Data.GetRawText()))} of JSON.", LineKind.Detail);
}
