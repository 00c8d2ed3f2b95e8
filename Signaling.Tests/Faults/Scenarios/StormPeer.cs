using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>A light peer that comes back as soon as it is cut off, and waits only when it is told to, as long as it is told to.</summary>
internal sealed class StormPeer(Uri hub, string room) : IAsyncDisposable
{
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly List<(long At, RawError Error)> _refusals = [];
    private RawPeer? _peer;

    public RawPeer Peer => _peer ?? throw new InvalidOperationException("It has not joined.");

    /// <summary>What it was told each time that it was turned away since it joined.</summary>
    public IReadOnlyList<(long At, RawError Error)> Refusals => _refusals;

    /// <summary>When it was the peer again.</summary>
    public long BackAt { get; private set; }

    public async Task JoinAsync()
    {
        _peer = await InsistAsync($"room={room}&resumable=1");
        _refusals.Clear();
    }

    /// <summary>Waits for the end of its connection, and resumes.</summary>
    public async Task ComeBackAsync()
    {
        await Peer.Client.EndAsync();
        var former = Peer;
        _peer = await InsistAsync($"room={room}&resumable=1&peer={former.Id}&resume={former.ResumeToken()}");
        BackAt = _time.GetTimestamp();
        await former.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _peer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<RawPeer> InsistAsync(string query)
    {
        while (true)
        {
            var client = await RawClient.ConnectAsync(hub, query);
            var (peer, refusal) = await client.AdmissionAsync();
            if (peer is not null) return peer;

            _refusals.Add((_time.GetTimestamp(), refusal!));
            await client.DisposeAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(refusal!.RetryMs ?? 0), _time);
        }
    }
}
