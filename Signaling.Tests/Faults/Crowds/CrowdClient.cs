using System.Text.Json;
using Signaling.Client;
using Signaling.Contracts;
using Signaling.Tests.Faults.Delivery;

namespace Signaling.Tests.Faults.Crowds;

/// <summary>One client in one room that keeps sending numbered messages and writes down all that it does and sees.</summary>
internal sealed class CrowdClient : IAsyncDisposable
{
    private const int InFlight = 32;
    private const int EveryoneEach = 3;

    private readonly SemaphoreSlim _slots = new(InFlight);
    private readonly CancellationTokenSource _stop = new();
    private readonly SignalingClient _client;
    private readonly Ledger _ledger;
    private readonly string _name;
    private Room? _room;
    private Task _sending = Task.CompletedTask;
    private Task _reading = Task.CompletedTask;
    private int _number;
    private string _last = "";

    public CrowdClient(string name, Uri url, SignalingClientOptions options, Ledger ledger) =>
        (_name, _client, _ledger) = (name, new SignalingClient(url, options), ledger);

    public Room Room => _room ?? throw new InvalidOperationException($"{_name} has not joined.");

    public bool IsConnected => _client.State is ConnectionState.Connected;

    /// <summary>Where it is and whom it sees, in one line.</summary>
    public string View =>
        $"{_name} is {Room.PeerId} of {Room.Id}, {_client.State}{_last}; sees {string.Join(", ", Room.Peers.Select(peer => peer.State is PeerState.Connected ? peer.Id : $"{peer.Id} ({peer.State})"))}";

    public async Task JoinAsync(string room)
    {
        _client.StateChanged += change =>
        {
            if (change.Reason is { } reason) _last = $" (lost because of: {reason})";
            return Task.CompletedTask;
        };
        _room = await _client.JoinRoomAsync(room, new() { Name = _name });
        _ledger.Joined(Room.Id, _name, Room.PeerId);
        Room.Rejoined += rejoined =>
        {
            _ledger.Rejoined(Room.Id, _name, rejoined.OldPeerId, rejoined.NewPeerId);
            return Task.CompletedTask;
        };
        Room.Closed += closed =>
        {
            _last += $" (out of the room because of: {closed.Reason?.Message})";
            return Task.CompletedTask;
        };
        Room.PeerLeft += left =>
        {
            _ledger.SawLeave(Room.Id, _name, left.Peer.Id, $"{left.Reason}");
            return Task.CompletedTask;
        };
        _reading = ReadAsync();
    }

    /// <summary>Sends at an even rate from now on.</summary>
    public void StartSending(TimeSpan interval) => _sending = SendAsync(interval);

    /// <summary>Sends no more, and waits until every send is accepted or refused; says whether that came about in time.</summary>
    public async Task<bool> StopSendingAsync(TimeSpan patience)
    {
        await _stop.CancelAsync();
        await _sending;
        using var timeout = new CancellationTokenSource(patience, TimeProvider.System);
        try
        {
            for (var i = 0; i < InFlight; i++) await _slots.WaitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void RecordRoster() => _ledger.SawRoster(Room.Id, _name, [.. Room.Peers.Select(peer => peer.Id)]);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _client.DisposeAsync();
        await Task.WhenAll(_sending, _reading);
    }

    private async Task ReadAsync()
    {
        await foreach (var message in Room.Messages)
        {
            var (sender, number) = (message.Data.GetProperty("sender").GetString()!, message.Data.GetProperty("number").GetInt32());
            _ledger.Received(new(Room.Id, sender, number), message.From.Id, _name);
        }
    }

    private async Task SendAsync(TimeSpan interval)
    {
        try
        {
            while (true)
            {
                await Task.Delay(interval, TimeProvider.System, _stop.Token);
                await _slots.WaitAsync(_stop.Token);
                _ = SendOneAsync(Room.Peers);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private async Task SendOneAsync(IReadOnlyList<RemotePeer> peers)
    {
        var message = new Message(Room.Id, _name, ++_number);
        try
        {
            await SendAsync(message, peers);
            _ledger.Accepted(message);
        }
        catch (SignalingException exception)
        {
            _ledger.Refused(message, $"{exception.Code}");
        }
        finally
        {
            _slots.Release();
        }
    }

    private Task SendAsync(Message message, IReadOnlyList<RemotePeer> peers)
    {
        var data = JsonSerializer.SerializeToElement(new { sender = message.Sender, number = message.Number });
        if (peers.Count == 0 || message.Number % EveryoneEach == 0)
        {
            _ledger.Sent(message, Room.PeerId, [.. peers.Select(peer => peer.Id)]);
            return Room.SendDataAsync(data);
        }

        var to = peers[message.Number % peers.Count];
        _ledger.Sent(message, Room.PeerId, [to.Id]);
        return to.SendDataAsync(data);
    }
}
