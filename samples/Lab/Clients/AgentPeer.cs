using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Signaling.Client;

namespace Signaling.Lab.Clients;

/// <summary>A peer on the .NET client, as an app would have it. What it sends is the time at which it does.</summary>
internal sealed class AgentPeer : IAsyncDisposable
{
    private readonly SignalingClient client;
    private readonly Room room;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<long>> sightings = new();
    private readonly Channel<double> latencies = Channel.CreateUnbounded<double>();
    private readonly Task reading;

    private AgentPeer(SignalingClient client, Room room, long beganAt, TimeProvider time)
    {
        (this.client, this.room, this.time) = (client, room, time);
        Joined = new JoinAnswer(room.PeerId, beganAt, time.GetTimestamp(), [.. room.Peers.Select(peer => peer.Id)]);
        foreach (var id in Joined.Roster) See(id, Joined.WelcomedAt);
        room.PeerJoined += OnJoinedAsync;
        reading = ReadAsync();
    }

    public JoinAnswer Joined { get; }

    public static async Task<AgentPeer> JoinAsync(Uri hub, string room, TimeProvider time, CancellationToken cancellation)
    {
        var client = new SignalingClient(hub);
        try
        {
            var beganAt = time.GetTimestamp();
            return new AgentPeer(client, await client.JoinRoomAsync(room, cancellationToken: cancellation), beganAt, time);
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>When it saw another peer first; waits until it does.</summary>
    public Task<long> SightAsync(string other, CancellationToken cancellation) => Sighting(other).Task.WaitAsync(cancellation);

    public async Task SendAsync(string to, int count, TimeSpan interval, CancellationToken cancellation)
    {
        await SightAsync(to, cancellation);
        var receiver = room.Peers.Single(peer => peer.Id == to);
        var sends = new List<Task>();
        for (var i = 0; i < count; i++)
        {
            sends.Add(receiver.SendDataAsync(JsonSerializer.SerializeToElement(time.GetTimestamp()), cancellation));
            await Task.Delay(interval, time, cancellation);
        }

        await Task.WhenAll(sends);
    }

    public async Task<IReadOnlyList<double>> CollectAsync(int count, CancellationToken cancellation)
    {
        var collected = new double[count];
        for (var i = 0; i < count; i++) collected[i] = await latencies.Reader.ReadAsync(cancellation);
        return collected;
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await reading;
    }

    private TaskCompletionSource<long> Sighting(string other) => sightings.GetOrAdd(other, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private void See(string other, long at) => Sighting(other).TrySetResult(at);

    private Task OnJoinedAsync(RemotePeer peer)
    {
        See(peer.Id, time.GetTimestamp());
        return Task.CompletedTask;
    }

    private async Task ReadAsync()
    {
        await foreach (var message in room.Messages) latencies.Writer.TryWrite(time.GetElapsedTime(message.Data.GetInt64()).TotalMilliseconds);
    }
}
