using System.Globalization;
using System.Text.Json;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

/// <summary>Two peers of one room that keep talking while others misbehave, and notice anything odd.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private static readonly string[] Ordinary = ["Welcome", "PeerJoined", "Signal"];

    private readonly CancellationTokenSource _stop = new();
    private readonly RawPeer _one;
    private readonly RawPeer _two;
    private readonly Task<int> _talk;

    private Neighbours(RawPeer one, RawPeer two) => (_one, _two, _talk) = (one, two, TalkAsync(one, two, _stop.Token));

    public static async Task<Neighbours> MoveInAsync(TestHub hub, string? token = null)
    {
        var one = await RawClient.JoinAsync(hub.Url, "neighbours", "One", token);
        var two = await RawClient.JoinAsync(hub.Url, "neighbours", "Two", token);
        return new Neighbours(one, two);
    }

    /// <summary>Ends the talk: every word arrived once and in order, and nobody else's messages came.</summary>
    public async Task<int> AssertUnharmedAsync()
    {
        await _stop.CancelAsync();
        var exchanged = await _talk;

        exchanged.Should().BePositive();
        foreach (var peer in new[] { _one, _two })
        {
            var messages = peer.Client.Inbox.Seen.Where(frame => RawClient.TypeOf(frame) is 1).ToList();
            messages.Select(frame => frame.GetProperty("target").GetString()).Should().BeSubsetOf(Ordinary);
            messages.Count(frame => frame.GetProperty("target").GetString() is "Signal").Should().Be(exchanged);
            peer.Client.Inbox.Seen.Where(frame => RawClient.TypeOf(frame) is not (0 or 1)).Should().OnlyContain(frame => !Failed(frame));
        }

        return exchanged;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _stop.Dispose();
    }

    private static bool Failed(JsonElement frame) => frame.TryGetProperty("error", out _);

    private static async Task<int> TalkAsync(RawPeer one, RawPeer two, CancellationToken stop)
    {
        var exchanged = 0;
        do
        {
            exchanged++;
            await SayAsync(one, two, exchanged);
            await SayAsync(two, one, exchanged);
        }
        while (!stop.IsCancellationRequested);
        return exchanged;
    }

    private static async Task SayAsync(RawPeer from, RawPeer to, int word)
    {
        (await from.SendDataAsync(to.Id, word.ToString(CultureInfo.InvariantCulture))).Succeeded();
        var heard = await to.SignalAsync();
        heard.GetProperty("data").GetInt32().Should().Be(word);
        heard.GetProperty("from").GetString().Should().Be(from.Id);
    }
}
