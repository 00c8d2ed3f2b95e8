using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Signaling.Contracts;
using Signaling.Hub;
using Signaling.Hub.Redis;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Regions.Replicas;
using Signaling.Hub.Rooms.Directory;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Hub.Regions;

/// <summary>The copy of Frankfurt's part of a room in Seoul's Redis, to which Frankfurt's changes come in any order.</summary>
internal sealed class ReplicaStoreTests
{
    private const string Room = "math-101";

    private RedisProcess _redis = null!;
    private RedisLink _link = null!;
    private ReplicaStore _store = null!;
    private RedisRoomDirectory _directory = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var options = Options.Create(new SignalingOptions { Region = "seoul", Regions = [new() { Name = "seoul" }, new() { Name = "frankfurt" }, new() { Name = "virginia" }] });
        _redis = await RedisProcess.StartAsync();
        _link = new RedisLink(new RedisSettings(_redis.Client().ToString(), RedisLink.Patience), "seoul", NullLoggerFactory.Instance, TimeProvider.System);
        await _link.ConnectAsync(CancellationToken.None);
        _store = new ReplicaStore(_link, options);
        _directory = new RedisRoomDirectory(_link, new Reachability(options, TimeProvider.System));
    }

    [SetUp]
    public Task WipeAsync() => _redis.CliAsync("FLUSHALL");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _link.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [TestCase(1, 2, 3, 4)]
    [TestCase(1, 3, 2, 4)]
    [TestCase(4, 3, 2, 1)]
    [TestCase(1, 4, 4, 3, 2, 2)]
    public async Task Changes_in_any_order_and_number_make_the_same_roster(params int[] order)
    {
        foreach (var number in order) await ChangeAsync(number);
        if (order[0] is not 1) foreach (var number in order) await ChangeAsync(number); // What comes before the first change of an epoch cannot be taken in yet.

        var copy = await CopyAsync();
        copy.Version.Should().Be(new RoomVersion("e1", 4));
        copy.Peers.Select(peer => (peer.Id, peer.Away, peer.Region)).Should().BeEquivalentTo([("b", true, "frankfurt")]);
    }

    [Test]
    public async Task A_gap_is_told_until_it_is_filled()
    {
        (await ChangeAsync(1)).HasGap.Should().BeFalse();
        (await ChangeAsync(3)).HasGap.Should().BeTrue();
        (await _store.TouchAsync("frankfurt", Room, new("e1", 1))).Should().BeFalse();

        (await ChangeAsync(2)).HasGap.Should().BeFalse();

        (await _store.TouchAsync("frankfurt", Room, new("e1", 3))).Should().BeTrue();
    }

    [Test]
    public async Task A_change_of_an_epoch_that_is_not_known_is_a_gap_and_a_roster_fills_it()
    {
        (await _store.PutAsync("frankfurt", Room, new("e2", 7), "c", Socket("c"), Info("c"))).HasGap.Should().BeTrue();

        await _store.ReplaceAsync("frankfurt", Room, new("e2", 7), [("c", Socket("c"), Info("c"))]);

        (await CopyAsync()).Peers.Select(peer => peer.Id).Should().Equal("c");
        (await _store.PutAsync("frankfurt", Room, new("e2", 8), "d", Socket("d"), Info("d"))).HasGap.Should().BeFalse();
    }

    [Test]
    public async Task A_roster_that_comes_late_undoes_nothing()
    {
        foreach (var number in new[] { 1, 2, 3, 4 }) await ChangeAsync(number);

        await _store.ReplaceAsync("frankfurt", Room, new("e1", 2), [("a", Socket("a"), Info("a")), ("b", Socket("b"), Info("b"))]);

        (await CopyAsync()).Peers.Select(peer => peer.Id).Should().Equal("b");
    }

    [Test]
    public async Task Peers_elsewhere_count_for_the_capacity_and_are_in_what_a_join_answers()
    {
        await ChangeAsync(1);
        await ChangeAsync(2);

        (await _directory.JoinAsync(Room, Entry("mine"), capacity: 2)).Should().BeNull();
        var snapshot = await _directory.JoinAsync(Room, Entry("mine"), capacity: 3);

        snapshot!.Peers.Select(peer => peer.Id).Should().Equal("mine");
        snapshot.Replicas.Select(replica => (replica.Region, replica.Peers.Count)).Should().Equal(("frankfurt", 2), ("virginia", 0));
    }

    [Test]
    public async Task Who_keeps_a_change_learns_which_nodes_have_to_be_told_and_the_copy_does_not_live_for_ever()
    {
        await _directory.JoinAsync(Room, Entry("mine"), capacity: 3);

        (await ChangeAsync(1)).Nodes.Should().Equal("n1");

        (await _redis.CliAsync("TTL", $"signaling:room:{{{Room}}}:from:frankfurt")).Trim().Should().Be("180", "one and a half times the lease of a region");
    }

    /// <summary>a joins, b joins, a leaves, b is away.</summary>
    private Task<Kept> ChangeAsync(int number) => number switch
    {
        1 => _store.PutAsync("frankfurt", Room, new("e1", 1), "a", Socket("a"), Info("a")),
        2 => _store.PutAsync("frankfurt", Room, new("e1", 2), "b", Socket("b"), Info("b")),
        3 => _store.RemoveAsync("frankfurt", Room, new("e1", 3), "a"),
        _ => _store.PutAsync("frankfurt", Room, new("e1", 4), "b", PeerFields.Socket(Entry("b") with { Away = true }), Info("b")),
    };

    private async Task<Replica> CopyAsync() => (await _directory.ReadAsync(Room)).Replicas.Single(replica => replica.Region == "frankfurt");

    private static byte[] Socket(string id) => PeerFields.Socket(Entry(id));

    private static byte[] Info(string id) => PeerFields.Info(Entry(id));

    private static PeerEntry Entry(string id) => new() { Info = new PeerInfo { Id = id }, Node = "n1" };
}
