using System.Collections.Concurrent;
using System.Text.Json;

namespace Signaling.Lab.Clients;

/// <summary>The process among a region's clients: takes orders until its input ends, which it does with the lab.</summary>
internal sealed class Agent(TextReader orders, TextWriter answers, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, AgentPeer> peers = new();
    private readonly HttpClient http = new();
    private readonly Lock gate = new();

    public async Task RunAsync()
    {
        var working = new List<Task>();
        while (await orders.ReadLineAsync() is { } line) working.Add(ObeyAsync(JsonSerializer.Deserialize<Order>(line, AgentProcess.Json)!));
        await Task.WhenAll(working);
        foreach (var peer in peers.Values) await peer.DisposeAsync();
        http.Dispose();
    }

    private async Task ObeyAsync(Order order)
    {
        Answer answer;
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            answer = await DoAsync(order, patience.Token);
        }
        catch (OperationCanceledException)
        {
            answer = new Answer(order.Id) { Error = $"nothing came of it in {Patience.TotalSeconds} s: {order}" };
        }
        catch (Exception failure)
        {
            answer = new Answer(order.Id) { Error = failure.Message };
        }

        var line = JsonSerializer.Serialize(answer, AgentProcess.Json);
        lock (gate)
        {
            answers.WriteLine(line);
            answers.Flush();
        }
    }

    private async Task<Answer> DoAsync(Order order, CancellationToken cancellation)
    {
        var done = new Answer(order.Id);
        switch (order)
        {
            case JoinOrder join:
                var peer = peers[join.Peer] = await AgentPeer.JoinAsync(join.Hub, join.Room, time, cancellation);
                return done with { Joined = peer.Joined };
            case LeaveOrder leave:
                if (peers.TryRemove(leave.Peer, out var gone)) await gone.DisposeAsync();
                return done;
            case SendOrder send:
                await peers[send.Peer].SendAsync(send.To, send.Count, TimeSpan.FromMilliseconds(send.IntervalMs), cancellation);
                return done;
            case CollectOrder collect:
                return done with { LatenciesMs = await peers[collect.Peer].CollectAsync(collect.Count, cancellation) };
            case SightOrder sight:
                return done with { SeenAt = await peers[sight.Peer].SightAsync(sight.Other, cancellation) };
            case GetOrder get:
                return done with { Text = await http.GetStringAsync(get.Url, cancellation) };
            default:
                throw new NotSupportedException($"{order}");
        }
    }
}
