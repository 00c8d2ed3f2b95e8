using Signaling.Client;
using Signaling.Tests.Faults.Delivery;

namespace Signaling.Tests.Faults.Crowds;

/// <summary>Clients in rooms that keep talking to each other while a test does harm, and a ledger of it all.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<CrowdClient> _clients = [];

    private Crowd()
    {
    }

    public Ledger Ledger { get; } = new();

    public IReadOnlyList<CrowdClient> Clients => _clients;

    /// <summary>Where each is and whom it sees, in a line each.</summary>
    public string View => string.Join('\n', _clients.OrderBy(client => client.Room.Id).Select(client => client.View));

    public static Task<Crowd> StartAsync(Uri url, CrowdOptions? options = null) => StartAsync(_ => url, options);

    /// <summary>Joins everyone, waits until they see each other, and lets them talk.</summary>
    /// <param name="url">Of the hub for each client, by its index.</param>
    /// <param name="options">How many, where, how busy.</param>
    public static async Task<Crowd> StartAsync(Func<int, Uri> url, CrowdOptions? options = null)
    {
        var crowd = new Crowd();
        try
        {
            await crowd.JoinAsync(url, options ??= new());
            await Eventually.TrueAsync(crowd.IsComplete, "everyone sees everyone", Patience);
        }
        catch (TimeoutException late)
        {
            var found = $"{crowd.Check()}\n{crowd.View}";
            await crowd.DisposeAsync();
            throw new TimeoutException($"{late.Message}\n{found}");
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }

        foreach (var client in crowd._clients) client.StartSending(TimeSpan.FromSeconds(1 / options.MessagesPerSecond));
        return crowd;
    }

    /// <summary>Lets them talk until so many more messages have been accepted: harm needs traffic, not time.</summary>
    public Task TalkAsync(int messages)
    {
        var until = Ledger.AcceptedCount + messages;
        return Eventually.TrueAsync(() => Ledger.AcceptedCount >= until, $"{messages} more messages are accepted", Patience);
    }

    /// <summary>Stops the talk and waits until the ledger is clean; the verdict says what is still wrong when time is over.</summary>
    public async Task<Verdict> SettleAsync(TimeSpan? patience = null)
    {
        var (time, limit) = (TimeProvider.System, patience ?? Patience);
        var start = time.GetTimestamp();
        await Task.WhenAll(_clients.Select(client => client.StopSendingAsync(limit)));
        while (true)
        {
            var verdict = Check();
            if (verdict.Violations.Count == 0 || time.GetElapsedTime(start) > limit) return verdict;
            await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
    }

    private async Task JoinAsync(Func<int, Uri> url, CrowdOptions options)
    {
        for (var i = 0; i < options.Clients; i++)
        {
            var client = new SignalingClientOptions
            {
                ReconnectPolicy = new FullJitterReconnectPolicy { Base = TimeSpan.FromMilliseconds(50), Cap = TimeSpan.FromSeconds(1) },
            };
            options.Configure?.Invoke(client);
            _clients.Add(new CrowdClient($"client-{i}", url(i), client, Ledger));
        }

        await Task.WhenAll(_clients.Select((client, i) => client.JoinAsync($"room-{i % options.Rooms}")));
    }

    private bool IsComplete() => Check().Violations.Count == 0;

    private Verdict Check()
    {
        foreach (var client in _clients) client.RecordRoster();
        return Ledger.Check();
    }
}
