using Signaling.Tests.Faults.Nodes;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Faults.Scenarios;

/// <summary>A socket that reads nothing more, and a neighbour that floods it.</summary>
internal sealed class SlowReaderTests
{
    private const int FloodBytes = 50 * 1024 * 1024;
    private const int Letters = 60_000;
    private const int AtOnce = 8;
    private const int MostGrowth = 80 * 1024 * 1024;
    private static readonly TimeProvider Time = TimeProvider.System;

    // Garbage is collected soon, so that what the process holds is what it has to hold.
    private static readonly ClusterOptions Options = new() { Settings = new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "0x400000", ["DOTNET_GCConserveMemory"] = "9" } };

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_reader_that_stops_reading_is_dropped_alone_and_costs_the_others_nothing(bool floodedFromItsOwnNode)
    {
        await using var cluster = await Cluster.StartAsync(Options);
        await cluster.ReadyAsync();
        var (node, other) = (cluster.Nodes[0], cluster.Nodes[1]);
        await using var calm = await RawClient.JoinAsync(node.HubUrl, "calm");
        await using var far = await RawClient.JoinAsync(other.HubUrl, "calm");
        await calm.Client.MessageAsync("PeerJoined");
        await using var flooder = await RawClient.JoinAsync((floodedFromItsOwnNode ? node : other).HubUrl, "flood");
        await using var watcher = await RawClient.JoinAsync(node.HubUrl, "flood");
        await using var slow = await RawClient.JoinAsync(node.HubUrl, "flood");
        foreach (var peer in new[] { flooder, watcher }) await peer.Client.Inbox.TakeAsync(frame => frame.ToString().Contains("PeerJoined", StringComparison.Ordinal) && frame.ToString().Contains(slow.Id, StringComparison.Ordinal));
        await TripsAsync(calm, far, turns => turns < 100); // Warms up.
        var before = await TripsAsync(calm, far, turns => turns < 500);
        var memory = node.Process.ResidentBytes;

        slow.Client.StopReading();
        var flood = FloodAsync(flooder, slow.Id);
        var most = 0L;
        var during = await TripsAsync(calm, far, _ =>
        {
            most = Math.Max(most, node.Process.ResidentBytes);
            return !flood.IsCompleted;
        });

        var refusals = await flood;
        TestContext.Out.WriteLine($"p99 {P99(before)} before, {P99(during)} during, of {during.Count}; {memory >> 20} MiB before, {most >> 20} MiB at most; {refusals.Count} refused");
        (await watcher.Client.MessageAsync("PeerLeft")).GetProperty("peerId").GetString().Should().Be(slow.Id);
        refusals.Should().OnlyContain(code => code == "peer-not-in-room").And.NotBeEmpty("it is dropped before all has been sent");
        P99(during).Should().BeLessThan((P99(before) * 10) + TimeSpan.FromMilliseconds(200));
        (most - memory).Should().BeLessThan(MostGrowth);
        (await watcher.RosterIdsAsync()).Should().BeEquivalentTo(flooder.Id, watcher.Id);
        (await flooder.SendDataAsync(watcher.Id, "1")).Succeeded();
    }

    /// <returns>The codes of those that were not taken.</returns>
    private static async Task<List<string>> FloodAsync(RawPeer from, string to)
    {
        var (drop, refused) = ($"\"{new string('x', Letters)}\"", new List<string>());
        for (var sent = 0L; sent < FloodBytes; sent += AtOnce * Letters)
        {
            var completions = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => from.SendDataAsync(to, drop)));
            refused.AddRange(completions.Where(completion => completion.Error is not null).Select(completion => completion.Code));
        }

        return refused;
    }

    private static async Task<List<TimeSpan>> TripsAsync(RawPeer one, RawPeer other, Func<int, bool> goesOn)
    {
        var trips = new List<TimeSpan>();
        while (goesOn(trips.Count))
        {
            var began = Time.GetTimestamp();
            (await one.SendDataAsync(other.Id, "1")).Succeeded();
            await other.SignalAsync();
            (await other.SendDataAsync(one.Id, "2")).Succeeded();
            await one.SignalAsync();
            trips.Add(Time.GetElapsedTime(began));
        }

        return trips;
    }

    private static TimeSpan P99(List<TimeSpan> trips) => trips.Order().ElementAt(trips.Count * 99 / 100);
}
