using System.Text.Json;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

/// <summary>Resume on one node without Redis.</summary>
internal sealed class ResumeTests
{
    private const string Secret = "an-example-secret-of-thirty-two-bytes-or-more";

    [Test]
    public async Task A_peer_resumes_with_its_id_name_and_attributes_and_the_others_see_no_leave()
    {
        await using var hub = await TestHub.StartAsync();
        await using var other = await RawClient.JoinAsync(hub.Url, "math-101");
        await using var peer = await RawResume.JoinResumableAsync(hub.Url, "math-101", name: "Mina");
        (await peer.Client.InvokeAsync("SetAttributes", """{"room":"math-101","attributes":{"hand":"raised"}}""")).Succeeded();

        peer.Client.Abort();
        (await other.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("reconnecting");
        (await other.SendDataAsync(peer.Id, "1")).Error.Should().BeEquivalentTo(new { Code = "peer-unreachable", Action = "retry-later" });
        await using var resumed = await peer.ResumeAsync(hub.Url);

        resumed.Id.Should().Be(peer.Id);
        resumed.Welcome.GetProperty("resumed").GetBoolean().Should().BeTrue();
        resumed.ResumeToken().Should().NotBe(peer.ResumeToken());
        var self = resumed.Roster().Single(member => member.GetProperty("id").GetString() == peer.Id);
        self.GetProperty("name").GetString().Should().Be("Mina");
        self.GetProperty("attributes").GetProperty("hand").GetString().Should().Be("raised");
        (await other.Client.MessageAsync("PeerStateChanged")).GetProperty("state").GetString().Should().Be("connected");
        (await other.SendDataAsync(peer.Id, "2")).Succeeded();
        (await resumed.SignalAsync()).GetProperty("data").GetInt32().Should().Be(2);
        other.Client.Inbox.Seen.Should().NotContain(frame => IsMessage(frame, "PeerLeft"));
    }

    [Test]
    public async Task Two_versions_of_a_roster_are_apart_by_one_change_over_a_loss_and_a_resume()
    {
        await using var hub = await TestHub.StartAsync();
        await using var other = await RawClient.JoinAsync(hub.Url, "math-101");
        await using var peer = await RawResume.JoinResumableAsync(hub.Url, "math-101");
        var joined = (await other.Client.MessageAsync("PeerJoined")).GetProperty("version").GetInt64();

        peer.Client.Abort();
        (await other.Client.MessageAsync("PeerStateChanged")).GetProperty("version").GetInt64().Should().Be(joined + 1);
        await using var resumed = await peer.ResumeAsync(hub.Url);

        (await other.Client.MessageAsync("PeerStateChanged")).GetProperty("version").GetInt64().Should().Be(joined + 2);
        resumed.Welcome.GetProperty("roster").GetProperty("version").GetInt64().Should().Be(joined + 2);
    }

    [Test]
    public async Task Of_two_sockets_the_newer_is_the_peer_and_the_older_is_told()
    {
        await using var hub = await TestHub.StartAsync();
        await using var older = await RawResume.JoinResumableAsync(hub.Url, "math-101");

        await using var newer = await older.ResumeAsync(hub.Url);

        var removed = await older.Client.MessageAsync("Removed");
        removed.GetProperty("code").GetString().Should().Be("replaced");
        removed.GetProperty("peerId").GetString().Should().Be(newer.Id);
        (await older.SendDataAsync(newer.Id, "1")).Code.Should().Be("not-in-room");
        (await newer.Client.InvokeAsync("Ping", "{}")).Result.GetProperty("rosterVersions").TryGetProperty("math-101", out _).Should().BeTrue();
    }

    [Test]
    public async Task A_try_to_resume_that_was_given_up_and_arrives_late_does_not_put_the_peer_out()
    {
        await using var hub = await TestHub.StartAsync();
        await using var lost = await RawResume.JoinResumableAsync(hub.Url, "math-101");
        lost.Client.Abort();
        await using var resumed = await lost.ResumeAsync(hub.Url, attempt: 2);

        await using var late = await lost.TryResumeAsync(hub.Url, attempt: 1);

        (await late.RefusalAsync())!.Code.Should().Be("resume-expired");
        (await resumed.Client.InvokeAsync("Ping", "{}")).Result.GetProperty("rosterVersions").TryGetProperty("math-101", out _).Should().BeTrue();
        resumed.Client.Inbox.Seen.Should().NotContain(frame => IsMessage(frame, "Removed"));
    }

    [Test]
    public async Task When_the_older_sockets_end_comes_late_the_peer_stays()
    {
        await using var hub = await TestHub.StartAsync();
        await using var other = await RawClient.JoinAsync(hub.Url, "math-101");
        var older = await RawResume.JoinResumableAsync(hub.Url, "math-101");
        await using var newer = await older.ResumeAsync(hub.Url);

        await older.DisposeAsync();
        (await newer.SendDataAsync(other.Id, "1")).Succeeded();

        await other.SignalAsync();
        other.Client.Inbox.Seen.Should().NotContain(frame => IsMessage(frame, "PeerStateChanged") || IsMessage(frame, "PeerLeft"));
    }

    [Test]
    public async Task A_resume_by_invocation_works_beside_other_rooms()
    {
        await using var hub = await TestHub.StartAsync();
        await using var peer = await RawResume.JoinResumableAsync(hub.Url, "math-101");
        peer.Client.Abort();
        await using var client = await RawClient.ConnectAsync(hub.Url, "room=art-1");
        await client.MessageAsync("Welcome");

        (await client.InvokeAsync("Join", $$"""{"room":"math-101","resume":{"peerId":"{{peer.Id}}","token":"{{peer.ResumeToken()}}"},"resumable":true}""")).Succeeded();

        (await client.MessageAsync("Welcome")).GetProperty("peerId").GetString().Should().Be(peer.Id);
    }

    [Test]
    public async Task Too_late_is_answered_by_rejoin_and_the_others_see_the_leave_once()
    {
        await using var hub = await TestHub.StartAsync(options => options.Rooms.ResumeWindow = TimeSpan.FromSeconds(1));
        await using var other = await RawClient.JoinAsync(hub.Url, "math-101");
        await using var peer = await RawResume.JoinResumableAsync(hub.Url, "math-101");

        peer.Client.Abort();
        (await other.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("disconnected");
        await using var late = await peer.TryResumeAsync(hub.Url);

        (await late.RefusalAsync()).Should().BeEquivalentTo(new { Code = "resume-expired", Action = "rejoin" });
    }

    [Test]
    public async Task Who_left_cannot_resume()
    {
        await using var hub = await TestHub.StartAsync();
        await using var peer = await RawResume.JoinResumableAsync(hub.Url, "math-101");
        (await peer.Client.InvokeAsync("Leave", """{"room":"math-101"}""")).Succeeded();

        await using var late = await peer.TryResumeAsync(hub.Url);

        (await late.RefusalAsync())!.Code.Should().Be("resume-expired");
    }

    [Test]
    public async Task A_token_is_good_for_its_user_only()
    {
        await using var hub = await TestHub.StartAsync(options => options.Access.Keys.Add(new() { Secret = Secret }), "Production");
        await using var peer = await RawResume.JoinResumableAsync(hub.Url, "math-101", TokenOf("mina"));

        await using var thief = await peer.TryResumeAsync(hub.Url, TokenOf("jun"));

        (await thief.RefusalAsync())!.Code.Should().Be("resume-expired");
        await using var owner = await peer.ResumeAsync(hub.Url, TokenOf("mina"));
        owner.Id.Should().Be(peer.Id);
    }

    [Test]
    public async Task Who_does_not_ask_for_it_gets_no_token_and_leaves_with_its_connection()
    {
        await using var hub = await TestHub.StartAsync();
        await using var other = await RawClient.JoinAsync(hub.Url, "math-101");
        await using var peer = await RawClient.JoinAsync(hub.Url, "math-101");
        peer.Welcome.TryGetProperty("resume", out _).Should().BeFalse();

        peer.Client.Abort();

        (await other.Client.MessageAsync("PeerLeft")).GetProperty("reason").GetString().Should().Be("disconnected");
    }

    private static string TokenOf(string user) => new RawToken { Subject = user }.SignHmac(Secret);

    private static bool IsMessage(JsonElement frame, string target) =>
        frame.TryGetProperty("target", out var name) && name.GetString() == target;
}
