using System.Text.Json;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

[TestFixture]
internal sealed class ConnectTests
{
    private TestHub _hub = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _hub = await TestHub.StartAsync(options =>
    {
        options.Region = "seoul";
        options.Ice.Servers = [new() { Urls = ["turn:turn.example.com:3478"], Username = "u", Credential = "c" }];
    });

    [OneTimeTearDown]
    public async Task StopAsync() => await _hub.DisposeAsync();

    [Test]
    public async Task A_room_in_the_URL_is_joined_with_no_message_but_the_handshake()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, "room=connect-1&name=Mina&acks=1");

        var frame = await client.Inbox.NextAsync();

        client.MessagesSent.Should().Be(1, "the handshake is all that was said");
        frame.GetProperty("target").GetString().Should().Be("Welcome");
        var welcome = frame.GetProperty("arguments")[0];
        var id = welcome.GetProperty("peerId").GetString();
        welcome.GetProperty("room").GetString().Should().Be("connect-1");
        welcome.GetProperty("region").GetString().Should().Be("seoul");
        welcome.GetProperty("protocolVersion").GetInt32().Should().Be(1);
        welcome.GetProperty("ice").GetRawText().Should().Be("""{"servers":[{"urls":["turn:turn.example.com:3478"],"username":"u","credential":"c"}]}""");
        welcome.GetProperty("limits").GetRawText().Should().Be("""{"capacity":50,"messageBytes":65536,"invocationsPerSecond":100000}""");
        welcome.GetProperty("roster").GetRawText().Should().Be(
            $$"""{"room":"connect-1","version":1,"peers":[{"id":"{{id}}","name":"Mina","acks":true}]}""");
    }

    [Test]
    public async Task The_welcome_names_those_who_were_there_and_they_hear_of_the_newcomer()
    {
        await using var first = await RawClient.JoinAsync(_hub.Url, "connect-2", "First");
        await using var second = await RawClient.JoinAsync(_hub.Url, "connect-2", "Second");

        var joined = await first.Client.MessageAsync("PeerJoined");

        PeersOf(second.Welcome).Should().Equal(first.Id, second.Id);
        joined.GetRawText().Should().Be(
            $$$"""{"room":"connect-2","version":2,"peer":{"id":"{{{second.Id}}}","name":"Second","acks":false}}""");
    }

    [Test]
    public async Task Without_a_room_nothing_is_said_until_the_client_asks()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url);

        var pong = await client.InvokeAsync("Ping", "{}");

        pong.Result.GetRawText().Should().Be("""{"rosterVersions":{}}""");
        client.Inbox.Seen.Should().HaveCount(2, "there was the handshake and the pong");
    }

    [TestCase("room=a%2Fb", "invalid-room", "give-up")]
    [TestCase("room=", "invalid-room", "give-up")]
    [TestCase("room=r&name=%01", "invalid-name", "give-up")]
    [TestCase("room=r&v=99", "unsupported-version", "give-up")]
    [TestCase("v=one", "unsupported-version", "give-up")]
    [TestCase("v=0", "unsupported-version", "give-up")]
    public async Task A_connection_that_cannot_be_served_is_closed_with_the_reason(string query, string code, string action)
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, query);

        var refusal = await client.RefusalAsync();

        refusal.Should().BeEquivalentTo(new { Code = code, Action = action });
    }

    [Test]
    public async Task The_close_message_of_a_refusal_forbids_an_automatic_reconnect()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, "room=a%2Fb");

        await client.EndAsync();

        client.Inbox.Seen[^1].TryGetProperty("allowReconnect", out _).Should().BeFalse();
    }

    [Test]
    public async Task Version_1_may_be_named() =>
        await (await RawClient.JoinAsync(_hub.Url, "connect-3&v=1")).DisposeAsync();

    [Test]
    public async Task A_peer_id_is_never_used_again()
    {
        var ids = new HashSet<string>();
        for (var n = 0; n < 50; n++)
        {
            await using var peer = await RawClient.JoinAsync(_hub.Url, "connect-4");
            ids.Add(peer.Id).Should().BeTrue();
            peer.Id.Should().MatchRegex("^[A-Za-z0-9_-]{1,64}$");
        }
    }

    [Test]
    public async Task A_socket_that_never_says_hello_is_closed_after_five_seconds()
    {
        var start = TimeProvider.System.GetTimestamp();
        var silent = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawClient.OpenAsync(_hub.Url, "room=connect-5")));

        await Task.WhenAll(silent.Select(client => client.EndAsync()));

        TimeProvider.System.GetElapsedTime(start).Should().BeCloseTo(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(2));
        await using var late = await RawClient.JoinAsync(_hub.Url, "connect-5");
        PeersOf(late.Welcome).Should().Equal([late.Id], "the silent ones never joined");
        foreach (var client in silent) await client.DisposeAsync();
    }

    private static IEnumerable<string?> PeersOf(JsonElement welcome) =>
        welcome.GetProperty("roster").GetProperty("peers").EnumerateArray().Select(peer => peer.GetProperty("id").GetString());
}
