using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Signaling.Benchmarks.TelemetryCost;

/// <summary>A peer on a bare WebSocket, which costs this end next to nothing.</summary>
internal sealed class Player : IDisposable
{
    private const byte EndOfMessage = 0x1e;

    private readonly ClientWebSocket _socket = new();
    private readonly string _room;
    private readonly string _traceParent;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _begin;
    private int _end;

    private Player(string room, string? traceParent) => (_room, _traceParent) = (room, traceParent is null ? "" : $",\"traceparent\":\"{traceParent}\"");

    public string PeerId { get; private set; } = "";

    public static async Task<Player> JoinAsync(Uri hub, string room, string? traceParent)
    {
        var player = new Player(room, traceParent);
        await player._socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws", Path = "signaling", Query = $"room={room}" }.Uri, CancellationToken.None);
        await player.WriteAsync("""{"protocol":"json","version":1}""", CancellationToken.None);
        var welcome = await player.MessageAsync("Welcome"u8.ToArray(), CancellationToken.None);
        player.PeerId = JsonElement.Parse(welcome.Span).GetProperty("arguments")[0].GetProperty("peerId").GetString()!;
        return player;
    }

    public Task SendAsync(string to, CancellationToken cancellation) =>
        WriteAsync($$"""{"type":1,"target":"Send","arguments":[{"room":"{{_room}}","to":"{{to}}","data":"01234567890123456789012345678901234567890123456789"{{_traceParent}}}]}""", cancellation);

    public Task SignalAsync(CancellationToken cancellation) => MessageAsync("\"Signal\""u8.ToArray(), cancellation);

    public void Dispose() => _socket.Dispose();

    private Task WriteAsync(string json, CancellationToken cancellation) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(json + (char)EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, cancellation);

    /// <summary>The next message that has these bytes in it.</summary>
    private async Task<ReadOnlyMemory<byte>> MessageAsync(byte[] mark, CancellationToken cancellation)
    {
        while (true)
        {
            var message = await NextAsync(cancellation);
            if (message.Span.IndexOf(mark) >= 0) return message;
        }
    }

    private async Task<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_begin, _end - _begin).IndexOf(EndOfMessage);
            if (length >= 0)
            {
                var message = _buffer.AsMemory(_begin, length);
                _begin += length + 1;
                return message;
            }

            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
            _end += (await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation)).Count;
        }
    }
}
