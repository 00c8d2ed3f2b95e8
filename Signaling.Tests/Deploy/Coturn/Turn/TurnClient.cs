using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Signaling.Tests.Deploy.Coturn.Turn;

/// <summary>What a peer has sent; through a channel when its number is not 0.</summary>
internal sealed record TurnData(int Channel, byte[] Data)
{
    public string Text => Encoding.UTF8.GetString(Data);
}

/// <summary>A TURN client (RFC 8656), bare enough to ask for what no well-behaved one would. Requests return the server's error code, 0 for success.</summary>
internal sealed class TurnClient : IAsyncDisposable
{
    public const int Granted = 0;

    private const byte UdpRelay = 17;
    private static readonly TimeSpan ResendAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TurnTransport _transport;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StunMessage>> _asked = new();
    private readonly Channel<TurnData> _received = Channel.CreateUnbounded<TurnData>();
    private readonly Task _reading;

    public TurnClient(TurnTransport transport, TurnCredential credential)
    {
        (_transport, Credential) = (transport, credential);
        _reading = ReadAsync();
    }

    public TurnCredential Credential { get; set; }

    public string Realm { get; private set; } = "";

    /// <summary>The server's last one.</summary>
    public byte[] Nonce { get; set; } = [];

    public IPEndPoint? Relayed { get; private set; }

    /// <summary>Without credentials, as the first question of a client is.</summary>
    public Task<StunMessage> AskAsync(StunMethod method) => AskAsync(Question(method), key: null);

    /// <param name="family">0x01 for IPv4, 0x02 for IPv6; not said when null.</param>
    /// <param name="relay">What to relay: UDP, or TCP with 6.</param>
    public async Task<int> AllocateAsync(byte? family = null, byte relay = UdpRelay)
    {
        if (Nonce.Length is 0) await AskAsync(Question(StunMethod.Allocate).Add(StunAttribute.RequestedTransport, [UdpRelay, 0, 0, 0]), key: null);
        var question = Question(StunMethod.Allocate).Add(StunAttribute.RequestedTransport, [relay, 0, 0, 0]);
        if (family is { } wanted) question.Add(StunAttribute.RequestedAddressFamily, [wanted, 0, 0, 0]);
        var answer = await AskSignedAsync(question);
        if (answer.Find(StunAttribute.XorRelayedAddress) is { } address) Relayed = XorAddress.Decode(address, answer.Transaction);
        return answer.ErrorCode;
    }

    /// <param name="lifetime">0 ends the allocation.</param>
    public async Task<int> RefreshAsync(TimeSpan lifetime)
    {
        var seconds = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(seconds, (int)lifetime.TotalSeconds);
        return (await AskSignedAsync(Question(StunMethod.Refresh).Add(StunAttribute.Lifetime, seconds))).ErrorCode;
    }

    public async Task<int> PermitAsync(IPEndPoint peer) => (await AskSignedAsync(AddPeer(Question(StunMethod.CreatePermission), peer))).ErrorCode;

    public async Task<int> BindAsync(int channel, IPEndPoint peer) =>
        (await AskSignedAsync(AddPeer(Question(StunMethod.ChannelBind).Add(StunAttribute.ChannelNumber, [(byte)(channel >> 8), (byte)channel, 0, 0]), peer))).ErrorCode;

    public ValueTask SendAsync(IPEndPoint peer, string text) => _transport.SendAsync(
        AddPeer(StunMessage.Request(StunMethod.Send) with { Class = StunClass.Indication }, peer).Add(StunAttribute.Data, Encoding.UTF8.GetBytes(text)).Encode(), _end.Token);

    public ValueTask SendAsync(int channel, byte[] data) =>
        _transport.SendAsync([(byte)(channel >> 8), (byte)channel, (byte)(data.Length >> 8), (byte)data.Length, .. data], _end.Token);

    /// <summary>The next that a peer has sent.</summary>
    public Task<TurnData> ReceiveAsync() => _received.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading;
        _transport.Dispose();
        _end.Dispose();
    }

    private static StunMessage Question(StunMethod method) => StunMessage.Request(method);

    private static StunMessage AddPeer(StunMessage message, IPEndPoint peer) =>
        message.Add(StunAttribute.XorPeerAddress, XorAddress.Encode(peer, message.Transaction));

    private Task<StunMessage> AskSignedAsync(StunMessage question)
    {
        question.Add(StunAttribute.Username, Encoding.UTF8.GetBytes(Credential.User))
            .Add(StunAttribute.Realm, Encoding.UTF8.GetBytes(Realm))
            .Add(StunAttribute.Nonce, Nonce);
        return AskAsync(question, Credential.Key(Realm));
    }

    private async Task<StunMessage> AskAsync(StunMessage question, byte[]? key)
    {
        var time = TimeProvider.System;
        var (id, bytes, start) = (Convert.ToHexString(question.Transaction), question.Encode(key), time.GetTimestamp());
        var answered = _asked[id] = new TaskCompletionSource<StunMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _transport.SendAsync(bytes, _end.Token);
        while (!_transport.IsReliable && await Task.WhenAny(answered.Task, Task.Delay(ResendAfter, time)) != answered.Task)
        {
            if (time.GetElapsedTime(start) > Patience) throw new TimeoutException($"No answer to {question.Method}.");
            await _transport.SendAsync(bytes, _end.Token);
        }

        var answer = await answered.Task.WaitAsync(Patience, time);
        if (answer.Find(StunAttribute.Realm) is { } realm) Realm = Encoding.UTF8.GetString(realm);
        if (answer.Find(StunAttribute.Nonce) is { } nonce) Nonce = nonce;
        return answer;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true) Take(await _transport.ReceiveAsync(_end.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
            _received.Writer.TryComplete();
            foreach (var answered in _asked.Values) answered.TrySetException(end);
        }
    }

    private void Take(byte[] bytes)
    {
        if (bytes[0] >= 0x40)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2));
            _received.Writer.TryWrite(new TurnData(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[4..(4 + length)]));
            return;
        }

        var message = StunMessage.Parse(bytes);
        if (message.Class is StunClass.Indication) _received.Writer.TryWrite(new TurnData(0, message.Find(StunAttribute.Data)!));
        else if (_asked.TryRemove(Convert.ToHexString(message.Transaction), out var answered)) answered.TrySetResult(message);
    }
}
