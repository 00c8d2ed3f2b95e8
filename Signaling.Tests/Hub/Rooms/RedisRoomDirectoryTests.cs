using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Signaling.Hub;
using Signaling.Hub.Redis;
using Signaling.Hub.Regions.Links;
using Signaling.Hub.Rooms.Directory;
using Signaling.Tests.Faults.Redis;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>The directory in a real Redis, alone or a Redis Cluster, and what only nodes that share one need of it.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed partial class RedisRoomDirectoryTests(bool clustered) : RoomDirectorySpecification
{
    private static readonly string[] Name = ["n1"];

    private RedisProcess _redis = null!;
    private RedisLink _link = null!;

    private protected override IRoomDirectory Directory => Redis;

    private RedisRoomDirectory Redis { get; set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _redis = await RedisProcess.StartAsync(new() { Clustered = clustered });
        _link = new RedisLink(new RedisSettings(_redis.Client().ToString(), RedisLink.Patience), "seoul", NullLoggerFactory.Instance, TimeProvider.System);
        await _link.ConnectAsync(CancellationToken.None);
        Redis = new RedisRoomDirectory(_link, new Reachability(Options.Create(new SignalingOptions()), TimeProvider.System));
    }

    [SetUp]
    public async Task WipeAsync()
    {
        await _redis.CliAsync("FLUSHALL");
        await _redis.CliAsync("SET", "signaling:node:{n2}:lease", "");
        await Eventually.TrueAsync(() => _link.IsUp, "the link is up, on a machine that has too much to do");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _link.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Test]
    public async Task An_assertion_brings_peers_back_into_a_wiped_directory()
    {
        var known = (await JoinAsync("a"))!.Version;
        await _redis.CliAsync("FLUSHALL");

        var assertion = await Redis.AssertAsync("math-101", Name, Own(known, ("a", true)));

        assertion.Should().BeEquivalentTo(new { Lost = Array.Empty<string>(), Changed = true });
        assertion.Room.Peers.Select(peer => peer.Id).Should().Equal("a");
        assertion.Room.Version.Epoch.Should().NotBe(known.Epoch);
    }

    [Test]
    public async Task A_used_token_whose_answer_was_lost_is_good_again_in_a_directory_that_was_wiped_meanwhile()
    {
        await JoinAsync("a");
        var resumed = (await Redis.ResumeAsync("math-101", Claim("hash-1", "hash-2") with { Attempt = 1 }))!.Room;
        await _redis.CliAsync("FLUSHALL");
        await Redis.AssertAsync("math-101", ["n2"], new OwnPeers(resumed.Version, [.. resumed.Peers.Select(peer => (peer, true))], []));

        (await Redis.ResumeAsync("math-101", Claim("hash-1", "late") with { Attempt = 1 })).Should().BeNull();
        (await Redis.ResumeAsync("math-101", Claim("hash-1", "hash-3") with { Attempt = 2 })).Should().NotBeNull();
    }

    [Test]
    public async Task A_directory_that_has_lost_its_latest_changes_begins_the_room_anew_and_gets_back_who_joined_last()
    {
        await JoinAsync("a");
        await JoinAsync("b", node: "n2");
        await _redis.CliAsync("SAVE");
        var known = (await JoinAsync("c"))!.Version;
        await _redis.CliAsync("DEBUG", "RELOAD", "NOSAVE");
        (await Directory.ReadAsync("math-101")).Version.Should().Be(known with { Number = 2 });

        var assertion = await Redis.AssertAsync("math-101", Name, Own(known, ("a", true), ("c", true)));

        assertion.Should().BeEquivalentTo(new { Lost = Array.Empty<string>(), Changed = true });
        assertion.Room.Peers.Select(peer => peer.Id).Should().Equal("a", "b", "c");
        assertion.Room.Version.Epoch.Should().NotBe(known.Epoch, "versions that mean something else now must not be taken for known ones");
        (await Redis.AssertAsync("math-101", Name, Own(assertion.Room.Version, ("a", true), ("c", true)))).Changed.Should().BeFalse();
    }

    [Test]
    public async Task Nobody_resumes_on_a_node_that_does_not_know_the_room_while_the_room_is_being_brought_back()
    {
        var known = (await JoinAsync("a"))!.Version;
        await _redis.CliAsync("FLUSHALL");
        await JoinAsync("b", node: "n2");
        await Redis.AssertAsync("math-101", Name, Own(known, ("a", true)));

        var stranger = () => Redis.ResumeAsync("math-101", Claim("hash-1", "hash-2") with { Incomplete = TimeSpan.FromMinutes(1) }).AsTask();

        await stranger.Should().ThrowAsync<DirectoryAwayException>("it would be told that all who are not back yet have left");
        (await Redis.ResumeAsync("math-101", Claim("hash-1", "hash-2"))).Should().NotBeNull("who knows the room can tell");
    }

    [Test]
    public async Task A_room_that_was_never_lost_is_complete()
    {
        await JoinAsync("a");

        (await Redis.ResumeAsync("math-101", Claim("hash-1", "hash-2") with { Incomplete = TimeSpan.FromMinutes(1) })).Should().NotBeNull();
    }

    [Test]
    public async Task What_others_remember_of_a_room_replaces_nothing_that_it_has()
    {
        await JoinAsync("a");

        var restored = await Redis.RestoreAsync("math-101", [Entry("a") with { Node = "n2" }, Entry("b") with { Node = "n2" }]);

        restored!.Peers.Select(peer => (peer.Id, peer.Node)).Should().Equal(("a", "n1"), ("b", "n2"));
        restored.Version.Number.Should().Be(2);
        (await Redis.RestoreAsync("empty", [Entry("a")])).Should().BeNull();
    }

    [Test]
    public async Task An_assertion_of_what_is_there_changes_nothing()
    {
        var joined = await JoinAsync("a");

        var assertion = await Redis.AssertAsync("math-101", Name, Own(joined!.Version, ("a", true)));

        assertion.Should().BeEquivalentTo(new { Room = joined, Lost = Array.Empty<string>(), Changed = false });
    }

    [Test]
    public async Task A_peer_that_another_node_removed_does_not_come_back()
    {
        var known = (await JoinAsync("a"))!.Version;
        await JoinAsync("b", node: "n2");
        (await Redis.ExpireAsync("math-101", "n1")).Removed.Should().Equal("a");

        var assertion = await Redis.AssertAsync("math-101", Name, Own(known, ("a", true)));

        assertion.Lost.Should().Equal("a");
        assertion.Room.Peers.Select(peer => peer.Id).Should().Equal("b");
    }

    [Test]
    public async Task A_peer_that_joined_while_the_directory_was_away_is_added()
    {
        var known = (await JoinAsync("b", node: "n2"))!.Version;

        var assertion = await Redis.AssertAsync("math-101", Name, Own(known, ("a", false)));

        assertion.Should().BeEquivalentTo(new { Lost = Array.Empty<string>(), Changed = true });
        assertion.Room.Peers.Select(peer => peer.Id).Should().Equal("b", "a");
    }

    [Test]
    public async Task A_peer_that_has_resumed_elsewhere_stays_there()
    {
        var known = (await JoinAsync("a"))!.Version;
        await Directory.ResumeAsync("math-101", new ResumeClaim("a", "mina", "hash-1", "hash-2", "n2", Grace));

        var assertion = await Redis.AssertAsync("math-101", Name, Own(known, ("a", true)));

        assertion.Lost.Should().Equal("a");
        assertion.Room.Peers.Single().Should().BeEquivalentTo(new { Node = "n2", Generation = 2 });
    }

    [Test]
    public async Task Peers_under_a_former_name_move_to_the_present_one_and_those_that_left_meanwhile_go()
    {
        var known = (await JoinAsync("a"))!.Version;
        await JoinAsync("gone");

        var assertion = await Redis.AssertAsync("math-101", ["n9", "n1"], Own(known, "n9", ("a", true)));

        assertion.Room.Peers.Select(peer => (peer.Id, peer.Node)).Should().Equal(("a", "n9"));
        assertion.Changed.Should().BeTrue();
    }

    [Test]
    public async Task A_peer_that_is_joining_just_now_is_left_alone()
    {
        var known = (await JoinAsync("a"))!.Version;

        var assertion = await Redis.AssertAsync("math-101", Name, new OwnPeers(known, [], ["a"]));

        assertion.Should().BeEquivalentTo(new { Changed = false, Lost = Array.Empty<string>() });
        assertion.Room.Peers.Select(peer => peer.Id).Should().Equal("a");
    }

    [Test]
    public async Task A_lost_nodes_peers_expire_once()
    {
        await JoinAsync("a");
        await JoinAsync("b", node: "n2");
        await JoinAsync("c");

        var (room, removed) = await Redis.ExpireAsync("math-101", "n1");

        removed.Should().BeEquivalentTo("a", "c");
        room.Peers.Select(peer => peer.Id).Should().Equal("b");
        room.Version.Number.Should().Be(5);
        (await Redis.ExpireAsync("math-101", "n1")).Removed.Should().BeEmpty();
    }

    [Test]
    public async Task Nothing_stays_behind_of_a_room_without_peers()
    {
        await JoinAsync("a");
        await Redis.AssertAsync("math-101", Name, new OwnPeers(RoomVersion.None, [], []));
        await JoinAsync("b");
        await Redis.ExpireAsync("math-101", "n1");
        await JoinAsync("c");
        await Directory.LeaveAsync("math-101", Entry("c"));

        (await _redis.CliAsync("DBSIZE")).Trim().Should().EndWith("1", "of the lease");
    }

    [Test]
    public void Each_script_touches_keys_of_one_room_alone_so_that_a_cluster_has_all_of_it_in_one_slot()
    {
        var assembly = typeof(RedisRoomDirectory).Assembly;
        var scripts = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".lua", StringComparison.Ordinal)).Select(name => LuaFile.Read(name[..^4])).ToArray();

        scripts.Should().HaveCountGreaterThan(5);
        scripts.SelectMany(script => Call().Matches(script)).Select(call => call.Value).Distinct().Should().BeSubsetOf(["KEYS[1]", "KEYS[k]", "room", "'TIME')"]);
    }

    // Redis tells the time in Lua; nothing but waiting makes it pass.
    private protected override async Task OutliveReuseGraceAsync() =>
        await Task.Delay(Grace + TimeSpan.FromSeconds(1), TimeProvider.System);

    private static OwnPeers Own(RoomVersion known, params (string Id, bool Registered)[] peers) => Own(known, "n1", peers);

    private static OwnPeers Own(RoomVersion known, string node, params (string Id, bool Registered)[] peers) =>
        new(known, [.. peers.Select(peer => (Entry(peer.Id, node), peer.Registered))], []);

    /// <summary>The key of each call, or a call without one.</summary>
    [GeneratedRegex(@"(?<=redis\.call\('[A-Z]+', )[^,)]+|(?<=redis\.call\()'[A-Z]+'\)")]
    private static partial Regex Call();
}
