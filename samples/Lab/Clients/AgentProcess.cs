using System.Collections.Concurrent;
using System.Text.Json;
using Signaling.Lab.Processes;
using Signaling.Lab.Routing;

namespace Signaling.Lab.Clients;

/// <summary>The lab's end of an agent.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    /// <summary>The command of this program that is the agent.</summary>
    public const string Command = "agent";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<Answer>> waiting = new();
    private readonly SemaphoreSlim writing = new(1);
    private readonly string region;
    private readonly ChildProcess process;
    private readonly Task watching;
    private int lastId;

    public AgentProcess(string region, NetworkNamespace place)
    {
        this.region = region;
        process = place.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "Lab.dll"), Command], onLine: Hear);
        watching = WatchAsync();
    }

    /// <summary>A new peer.</summary>
    public async Task<LabPeer> JoinAsync(Uri hub, string room, CancellationToken cancellation)
    {
        var name = $"{region}-{Interlocked.Increment(ref lastId)}";
        return new LabPeer(this, name, (await AskAsync(new JoinOrder(name, hub, room), cancellation)).Joined!);
    }

    /// <exception cref="LabException">It could not.</exception>
    public async Task<Answer> AskAsync(Order order, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref lastId);
        var answer = waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await writing.WaitAsync(cancellation);
        try
        {
            if (process.HasExited) throw new LabException($"The clients of {region} have ended:\n{process.Output}");
            await process.Input.WriteLineAsync(JsonSerializer.Serialize(order with { Id = id }, Json));
            await process.Input.FlushAsync(cancellation);
        }
        finally
        {
            writing.Release();
        }

        var said = await answer.Task.WaitAsync(cancellation);
        return said.Error is null ? said : throw new LabException($"{region}: {said.Error}");
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await watching;
        writing.Dispose();
    }

    private void Hear(string line)
    {
        if (!line.StartsWith('{')) return;
        var answer = JsonSerializer.Deserialize<Answer>(line, Json)!;
        if (waiting.TryRemove(answer.Id, out var asked)) asked.TrySetResult(answer);
    }

    private async Task WatchAsync()
    {
        await process.EndedAsync();
        foreach (var id in waiting.Keys)
        {
            if (waiting.TryRemove(id, out var asked)) asked.TrySetResult(new Answer(id) { Error = $"its clients have ended:\n{process.Output}" });
        }
    }
}
