using System.Security.Cryptography;
using Signaling.Tests.Protocol.Raw;

namespace Signaling.Tests.Protocol;

/// <summary>A hub as it runs in production: it has a shared secret and a public key, and lets no guests in.</summary>
[TestFixture]
internal sealed class AccessTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly RSA _rsa = RSA.Create(2048);
    private TestHub _hub = null!;
    private Neighbours _neighbours = null!;

    private static IEnumerable<TestCaseData> BadTokens =>
    [
        Bad("no token at all", _ => null),
        Bad("an empty one", _ => ""),
        Bad("no JWT", _ => "swordfish"),
        Bad("dots", _ => ".."),
        Bad("another secret", _ => new RawToken().SignHmac(new string('x', 32))),
        Bad("no signature", _ => new RawToken().Unsigned()),
        Bad("a signature cut off", _ => string.Join('.', new RawToken().SignHmac(Secret).Split('.')[..2]) + "."),
        Bad("HS256 keyed with the public RSA key", rsa => new RawToken().SignHmac(rsa.ExportSubjectPublicKeyInfoPem())),
        Bad("HS384", _ => (new RawToken() with { Algorithm = "HS384" }).SignHmac(Secret)),
        Bad("another RSA key", _ => new RawToken().SignRsa(RSA.Create(2048))),
        Bad("another audience", _ => (new RawToken() with { Audience = "shop" }).SignHmac(Secret)),
        Bad("no audience", _ => (new RawToken() with { Audience = null }).SignHmac(Secret)),
        Bad("another issuer", _ => (new RawToken() with { Issuer = "mallory" }).SignHmac(Secret)),
        Bad("no user", _ => (new RawToken() with { Subject = null }).SignHmac(Secret)),
        Bad("a user that is no id", _ => (new RawToken() with { Subject = "mina@example.com" }).SignHmac(Secret)),
        Bad("no expiry", _ => (new RawToken() with { Expires = null }).SignHmac(Secret)),
        Bad("not valid yet", _ => (new RawToken() with { NotBefore = TimeProvider.System.GetUtcNow().AddHours(1), Expires = TimeProvider.System.GetUtcNow().AddHours(2) }).SignHmac(Secret)),
    ];

    private static IEnumerable<TestCaseData> NoRooms =>
    [
        new TestCaseData(null).SetArgDisplayNames("none"),
        new TestCaseData(7).SetArgDisplayNames("a number"),
        new TestCaseData((object)Array.Empty<string>()).SetArgDisplayNames("an empty list"),
        new TestCaseData((object)new[] { "" }).SetArgDisplayNames("an empty id"),
    ];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _hub = await TestHub.StartAsync(
            options => options.Access.Keys = [new() { Secret = Secret }, new() { PublicKey = _rsa.ExportSubjectPublicKeyInfoPem() }],
            environment: "Production");
        _neighbours = await Neighbours.MoveInAsync(_hub, (new RawToken() with { Rooms = new[] { "neighbours" } }).SignHmac(Secret));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await using (_hub)
        await using (_neighbours)
        {
            _rsa.Dispose();
            await _neighbours.AssertUnharmedAsync();
            _hub.Errors.Lines.Should().BeEmpty();
        }
    }

    [TestCaseSource(nameof(BadTokens))]
    public async Task A_connection_with_a_bad_token_is_closed_as_unauthorized(Func<RSA, string?> token)
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, "room=math-101", token(_rsa));

        (await client.RefusalAsync()).Should().BeEquivalentTo(new { Code = "unauthorized", Action = "give-up" });
    }

    [Test]
    public async Task An_expired_token_says_so_and_that_a_fresh_one_will_do()
    {
        var token = (new RawToken() with { Expires = TimeProvider.System.GetUtcNow().AddMinutes(-5) }).SignHmac(Secret);
        await using var client = await RawClient.ConnectAsync(_hub.Url, "room=math-101", token);

        (await client.RefusalAsync()).Should().BeEquivalentTo(new { Code = "token-expired", Action = "retry" });
    }

    [Test]
    public async Task A_token_that_ends_with_the_calendar_is_as_good_as_any()
    {
        var token = (new RawToken() with { Expires = DateTimeOffset.MaxValue }).SignHmac(Secret);

        await using var peer = await RawClient.JoinAsync(_hub.Url, "math-101", token: token);

        peer.Id.Should().NotBeEmpty();
    }

    [Test]
    public async Task Nothing_is_pushed_to_a_connection_that_is_refused()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, "room=math-101", "swordfish");

        await client.EndAsync();

        client.Inbox.Seen.Select(RawClient.TypeOf).Should().Equal(0, 7);
    }

    [Test]
    public async Task A_token_opens_the_rooms_that_it_names_and_no_others()
    {
        var token = (new RawToken() with { Rooms = new[] { "math-101", "lab-*" } }).SignHmac(Secret);
        await using var client = await RawClient.ConnectAsync(_hub.Url, token: token);

        (await client.InvokeAsync("Join", """{"room":"math-101"}""")).Succeeded();
        (await client.InvokeAsync("Join", """{"room":"lab-7"}""")).Succeeded();
        foreach (var room in new[] { "math-1010", "math-10", "MATH-101", "lab", "neighbours" })
        {
            (await client.InvokeAsync("Join", $$"""{"room":"{{room}}"}""")).Error.Should().BeEquivalentTo(new { Code = "not-allowed", Action = "give-up" }, room);
        }
    }

    [Test]
    public async Task A_room_in_the_URL_that_the_token_does_not_name_closes_the_connection()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, "room=neighbours", new RawToken().SignHmac(Secret));

        (await client.RefusalAsync()).Should().BeEquivalentTo(new { Code = "not-allowed", Action = "give-up" });
    }

    [TestCaseSource(nameof(NoRooms))]
    public async Task A_token_that_names_no_room_opens_none(object? rooms)
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, token: (new RawToken() with { Rooms = rooms }).SignHmac(Secret));

        (await client.InvokeAsync("Join", """{"room":"math-101"}""")).Code.Should().Be("not-allowed");
    }

    [Test]
    public async Task The_roster_carries_the_user_that_the_token_proves()
    {
        await using var peer = await RawClient.JoinAsync(_hub.Url, "math-101", "Mina", new RawToken().SignHmac(Secret));

        peer.Welcome.GetProperty("roster").GetProperty("peers")[0].GetRawText().Should().Be(
            $$"""{"id":"{{peer.Id}}","user":"mina","name":"Mina","acks":false}""");
    }

    [Test]
    public async Task A_token_may_be_signed_with_the_RSA_key_and_come_in_the_query()
    {
        await using var client = await RawClient.ConnectAsync(_hub.Url, $"room=math-101&access_token={new RawToken().SignRsa(_rsa)}");

        (await client.MessageAsync("Welcome")).GetProperty("room").GetString().Should().Be("math-101");
    }

    private static TestCaseData Bad(string what, Func<RSA, string?> token) => new TestCaseData(token).SetArgDisplayNames(what);
}
