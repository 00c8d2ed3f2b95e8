using Signaling.Contracts;
using Signaling.Hub.Rooms.Directory;

namespace Signaling.Tests.Hub.Rooms;

/// <summary>What every room directory does; each implementation runs all of it.</summary>
internal abstract class RoomDirectorySpecification
{
    private const int Capacity = 3;

    private protected static TimeSpan Grace { get; } = TimeSpan.FromSeconds(5);

    private protected abstract IRoomDirectory Directory { get; }

    /// <summary>Lets the time pass in which a used token may be used again.</summary>
    private protected abstract Task OutliveReuseGraceAsync();

    [Test]
    public async Task Who_joins_gets_the_room_with_everyone_in_it_in_the_order_of_joining()
    {
        await JoinAsync("a");
        await JoinAsync("b", node: "n2");

        var room = await JoinAsync("c");

        room!.Peers.Select(peer => (peer.Id, peer.Node)).Should().Equal(("a", "n1"), ("b", "n2"), ("c", "n1"));
        room.Peers.Select(peer => peer.Order).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        (await Directory.ReadAsync("math-101")).Should().BeEquivalentTo(room, options => options.WithStrictOrdering());
    }

    [Test]
    public async Task What_a_peer_shows_is_kept_to_the_letter()
    {
        var info = new PeerInfo { Id = "a", User = "mina", Name = "Mina 미나 \"<3\"", Attributes = new Dictionary<string, string> { ["hand"] = "", ["x"] = "1.50" }, Acks = true };

        var room = await Directory.JoinAsync("math-101", Entry("a") with { Info = info }, Capacity);

        room!.Peers.Single().Info.Should().BeEquivalentTo(info);
    }

    [Test]
    public async Task A_full_room_takes_no_one_until_someone_leaves()
    {
        foreach (var id in new[] { "a", "b", "c" }) await JoinAsync(id);

        (await JoinAsync("d")).Should().BeNull();
        await Directory.LeaveAsync("math-101", Entry("a"));

        (await JoinAsync("d"))!.Peers.Select(peer => peer.Id).Should().Equal("b", "c", "d");
    }

    [Test]
    public async Task Each_change_makes_the_next_version_of_the_same_epoch()
    {
        var joined = (await JoinAsync("a"))!.Version;
        await JoinAsync("b");
        var updated = await Directory.UpdateAsync("math-101", Entry("a") with { Away = true });
        var left = await Directory.LeaveAsync("math-101", Entry("b"));

        new[] { joined, updated!.Version, left!.Version }.Select(version => version.Number).Should().Equal(1, 3, 4);
        new[] { joined, updated!.Version, left!.Version }.Select(version => version.Epoch).Distinct().Should().ContainSingle();
    }

    [Test]
    public async Task Each_change_tells_the_nodes_that_have_peers_in_the_room_with_it()
    {
        await JoinAsync("a");
        await JoinAsync("b", node: "n2");

        (await Directory.UpdateAsync("math-101", Entry("a")))!.Nodes.Should().BeEquivalentTo("n1", "n2");
        (await Directory.LeaveAsync("math-101", Entry("a")))!.Nodes.Should().Equal("n2");
        (await Directory.LeaveAsync("math-101", Entry("b", "n2")))!.Nodes.Should().BeEmpty();
    }

    [Test]
    public async Task A_room_that_comes_again_has_another_epoch()
    {
        var first = (await JoinAsync("a"))!.Version.Epoch;
        await Directory.LeaveAsync("math-101", Entry("a"));

        (await Directory.ReadAsync("math-101")).Should().BeEquivalentTo(new RoomSnapshot(RoomVersion.None, []));
        (await JoinAsync("b"))!.Version.Epoch.Should().NotBe(first);
    }

    [Test]
    public async Task A_full_room_that_is_refused_is_not_changed()
    {
        (await Directory.JoinAsync("math-101", Entry("a"), 0)).Should().BeNull();

        (await Directory.ReadAsync("math-101")).Peers.Should().BeEmpty();
        (await JoinAsync("b"))!.Version.Number.Should().Be(1);
    }

    [Test]
    public async Task Only_the_node_that_holds_a_peer_may_change_or_remove_it()
    {
        await JoinAsync("a");
        var foreign = Entry("a") with { Node = "n2" };
        var former = Entry("a") with { Generation = 0 };

        foreach (var entry in new[] { foreign, former, Entry("b") })
        {
            (await Directory.UpdateAsync("math-101", entry)).Should().BeNull();
            (await Directory.LeaveAsync("math-101", entry)).Should().BeNull();
        }

        (await Directory.ReadAsync("math-101")).Version.Number.Should().Be(1);
    }

    [Test]
    public async Task A_resume_moves_the_peer_one_generation_on_and_brings_it_back()
    {
        await JoinAsync("a");
        await Directory.UpdateAsync("math-101", Entry("a") with { Away = true });

        var room = await ResumeAsync(Claim("hash-1", "hash-2"));

        room!.FormerNode.Should().Be("n1");
        room.Room.Peers.Single().Should().BeEquivalentTo(new { Id = "a", Node = "n2", Generation = 2, Away = false, ResumeHash = "hash-2", Order = 1 });
        (await Directory.LeaveAsync("math-101", Entry("a"))).Should().BeNull("the node that held it before has no say any more");
    }

    [TestCase("wrong", "mina", "a")]
    [TestCase("hash-1", "jun", "a")]
    [TestCase("hash-1", null, "a")]
    [TestCase("hash-1", "mina", "b")]
    public async Task Nobody_resumes_with_another_token_as_another_user_or_another_peer(string token, string? user, string peer)
    {
        await JoinAsync("a");

        (await ResumeAsync(new ResumeClaim(peer, user, token, "hash-2", "n2", Grace))).Should().BeNull();
    }

    [Test]
    public async Task A_peer_that_is_not_resumable_cannot_be_resumed()
    {
        await Directory.JoinAsync("math-101", Entry("a") with { ResumeHash = null }, Capacity);

        (await ResumeAsync(Claim("", "hash-2"))).Should().BeNull();
    }

    [Test]
    public async Task A_used_token_is_good_again_for_a_moment_only()
    {
        await JoinAsync("a");
        await ResumeAsync(Claim("hash-1", "hash-2"));

        (await ResumeAsync(Claim("hash-1", "hash-3"))).Should().NotBeNull("the answer may have been lost");
        await OutliveReuseGraceAsync();

        (await ResumeAsync(Claim("hash-1", "hash-4"))).Should().BeNull();
        (await ResumeAsync(Claim("hash-3", "hash-4"))).Should().NotBeNull();
    }

    /// <summary>Asks again where the directory was away just now, as a client does.</summary>
    private async Task<Resumption?> ResumeAsync(ResumeClaim claim)
    {
        for (var began = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System))
        {
            try
            {
                return await Directory.ResumeAsync("math-101", claim);
            }
            catch (DirectoryAwayException) when (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
            }
        }
    }

    private protected static PeerEntry Entry(string id, string node = "n1") =>
        new() { Info = new PeerInfo { Id = id, User = "mina" }, Node = node, ResumeHash = "hash-1" };

    private protected ValueTask<RoomSnapshot?> JoinAsync(string id, string node = "n1") => Directory.JoinAsync("math-101", Entry(id, node), Capacity);

    private static ResumeClaim Claim(string token, string next) => new("a", "mina", token, next, "n2", Grace);
}
