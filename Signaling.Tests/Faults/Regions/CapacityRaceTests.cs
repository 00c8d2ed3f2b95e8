using Signaling.Client;
using Signaling.Contracts;

namespace Signaling.Tests.Faults.Regions;

/// <summary>Two regions that cannot ask each other let peers into a room with three seats.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CapacityRaceTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly List<IAsyncDisposable> _ours = [];
    private RegionSet _regions = null!;

    [SetUp]
    public async Task StartAsync() => _ours.Add(
        _regions = await RegionSet.StartAsync(new() { Settings = new Dictionary<string, string>(RegionSetOptions.Quick) { ["Signaling__Rooms__Capacity"] = "3" } }));

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(_ours)) await one.DisposeAsync();
    }

    [Test]
    public async Task Those_who_came_first_stay_everywhere_and_the_others_are_told()
    {
        var first = await EnterAsync("seoul");
        await Eventually.TrueAsync(
            async () => (await _regions["frankfurt"].Redis!.CliAsync("KEYS", "*:from:seoul")).Contains("math-101", StringComparison.Ordinal), "Frankfurt knows of it");
        _regions.Cut();
        var (second, third, fourth, fifth) = (await EnterAsync("frankfurt"), await EnterAsync("seoul"), await EnterAsync("frankfurt"), await EnterAsync("seoul"));
        await this.Invoking(_ => EnterAsync("frankfurt")).Should().ThrowAsync<SignalingException>("inside a region the limit is strict");

        _regions.Heal();

        foreach (var late in new[] { fourth, fifth }) (await late.Closed.Task.WaitAsync(Patience))!.Code.Should().Be(ErrorCode.RoomFull);
        string[] stay = [.. new[] { first, second, third }.Select(one => one.Room.PeerId).Order()];
        foreach (var one in new[] { first, second, third })
        {
            await Eventually.TrueAsync(() => one.Room.Peers.Select(peer => peer.Id).Append(one.Room.PeerId).Order().SequenceEqual(stay), "the first three are left", Patience);
        }
    }

    private async Task<Visitor> EnterAsync(string region)
    {
        var client = new SignalingClient(_regions[region].Entry.Url);
        _ours.Add(client);
        var room = await client.JoinRoomAsync("math-101");
        var closed = new TaskCompletionSource<SignalingException?>();
        room.Closed += closing =>
        {
            closed.TrySetResult(closing.Reason);
            return Task.CompletedTask;
        };
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System); // Who joins later has a later time.
        return new Visitor(room, closed);
    }

    private sealed record Visitor(Room Room, TaskCompletionSource<SignalingException?> Closed);
}
