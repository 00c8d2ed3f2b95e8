using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Signaling.Tests.Protocol.Raw;

/// <summary>
/// A client of the signaling protocol over a bare WebSocket: SignalR's JSON frames by hand, from PROTOCOL.md alone. It shares no code
/// with the contracts, so that a mistake there is not made twice.
/// </summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private int _invocations;
    private volatile bool _stopsReading;

    private RawClient()
    {
    }

    public RawInbox Inbox { get; } = new();

    public int MessagesSent { get; private set; }

    /// <summary>Upgrades to a WebSocket, over a way of the caller's if it gives one, and says nothing.</summary>
    public static async Task<RawClient> OpenAsync(Uri hub, string query = "", string? token = null, HttpMessageInvoker? way = null)
    {
        var client = new RawClient();
        if (token is not null) client._socket.Options.SetRequestHeader("Authorization", "Bearer " + token);
        await client._socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws", Query = query }.Uri, way, RawInbox.Patience());
        client._reading = client.ReadAsync();
        return client;
    }

    /// <summary>Upgrades and shakes hands.</summary>
    public static async Task<RawClient> ConnectAsync(Uri hub, string query = "", string? token = null, HttpMessageInvoker? way = null)
    {
        var client = await OpenAsync(hub, query, token, way);
        await client.SendAsync("""{"protocol":"json","version":1}""");
        (await client.Inbox.NextAsync()).GetRawText().Should().Be("{}", "that is how a handshake is answered");
        return client;
    }

    /// <summary>Connects and joins on the way; the welcome has been read.</summary>
    public static async Task<RawPeer> JoinAsync(Uri hub, string room, string name = "", string? token = null)
    {
        var client = await ConnectAsync(hub, $"room={room}&name={Uri.EscapeDataString(name)}", token);
        return new RawPeer(client, await client.MessageAsync("Welcome"));
    }

    /// <summary>Sends one message, ended by SignalR's record separator.</summary>
    public Task SendAsync(string json) => SendAsync(Encoding.UTF8.GetBytes(json + '\u001e'));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        await _sending.WaitAsync(RawInbox.Patience());
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, RawInbox.Patience());
            MessagesSent++;
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends bytes to a hub that may hang up before it has read them all.</summary>
    public async Task TrySendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        try
        {
            await SendAsync(bytes, type);
        }
        catch (Exception hungUp) when (hungUp is WebSocketException or OperationCanceledException { InnerException: IOException })
        {
            // What the hub said before it hung up is in the inbox.
        }
    }

    /// <summary>Invokes a method with arguments given as JSON, and waits for its completion.</summary>
    public async Task<RawCompletion> InvokeAsync(string method, params string[] arguments)
    {
        var id = Interlocked.Increment(ref _invocations).ToString(CultureInfo.InvariantCulture);
        var head = new JsonObject { ["type"] = 1, ["invocationId"] = id, ["target"] = method }.ToJsonString();
        await SendAsync($"{head[..^1]},\"arguments\":[{string.Join(',', arguments)}]}}");
        return new RawCompletion(await Inbox.TakeAsync(frame => TypeOf(frame) is 3 && frame.GetProperty("invocationId").GetString() == id));
    }

    /// <summary>The argument of the next message with that name.</summary>
    public async Task<JsonElement> MessageAsync(string target) =>
        (await Inbox.TakeAsync(frame => TypeOf(frame) is 1 && frame.GetProperty("target").GetString() == target)).GetProperty("arguments")[0];

    /// <summary>The peer that the hub makes of this connection, or why it makes none.</summary>
    public async Task<(RawPeer? Peer, RawError? Refusal)> AdmissionAsync()
    {
        var answer = await Inbox.TakeAsync(frame => TypeOf(frame) is 7 || (TypeOf(frame) is 1 && frame.GetProperty("target").GetString() is "Welcome"));
        return TypeOf(answer) is 1 ? (new RawPeer(this, answer.GetProperty("arguments")[0]), null) : (null, RawError.Parse(answer.GetProperty("error").GetString()!));
    }

    /// <summary>The error in SignalR's close message; none when the socket ends without one.</summary>
    public async Task<RawError?> RefusalAsync()
    {
        await _reading.WaitAsync(RawInbox.Patience());
        var close = Inbox.Seen.FirstOrDefault(frame => TypeOf(frame) is 7); // A client stops at the first.
        return close.ValueKind is JsonValueKind.Object && close.TryGetProperty("error", out var error) ? RawError.Parse(error.GetString()!) : null;
    }

    /// <summary>Waits until the hub has ended the connection.</summary>
    public Task EndAsync() => _reading.WaitAsync(RawInbox.Patience());

    /// <summary>Closes the WebSocket in order, without leaving any room before.</summary>
    public async Task CloseAsync()
    {
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, RawInbox.Patience());
        await EndAsync();
    }

    /// <summary>Ends the connection without a word, as a lost network does.</summary>
    public void Abort() => _socket.Abort();

    /// <summary>Reads nothing more, while the connection stays open.</summary>
    public void StopReading() => _stopsReading = true;

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    public static int TypeOf(JsonElement frame) => frame.TryGetProperty("type", out var type) ? type.GetInt32() : 0;

    private async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var pending = new MemoryStream();
        try
        {
            while (!_stopsReading && await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
            {
                foreach (var octet in buffer.AsSpan(0, part.Count))
                {
                    if (octet is not 0x1e)
                    {
                        pending.WriteByte(octet);
                        continue;
                    }

                    Inbox.Add(JsonElement.Parse(pending.GetBuffer().AsSpan(0, (int)pending.Length)));
                    pending.SetLength(0);
                }
            }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other end hung up, or this one did.
        }

        Inbox.Close();
    }
}
