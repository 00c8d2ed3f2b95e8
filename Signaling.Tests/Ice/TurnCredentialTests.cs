using Signaling.Hub.Ice.Credentials;

namespace Signaling.Tests.Ice;

internal sealed class TurnCredentialTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Expiry = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);

    /// <summary>
    /// The recipe of coturn's documentation (README.turnserver, "TURN REST API"): <c>base64(hmac-sha1(secret, "timestamp:userid"))</c>. The first is a vector
    /// that other TURN software is tested with; the others were computed with OpenSSL: <c>printf %s "$user" | openssl dgst -sha1 -hmac "$secret" -binary | base64</c>.
    /// </summary>
    [TestCase("foobar", "1599491771", "Tpz/nKkyvX/vMSLKvL4sbtBt8Vs=")]
    [TestCase("north", "1433895918:ninefingers", "jy8hTxmOO7UtEKXqSkSlvakPVYA=")]
    [TestCase("logen", "1433895918:", "fQK5klomHto/iH+6SENlIynzmxI=")]
    public void A_password_is_the_HMAC_of_the_user_name(string secret, string username, string password) =>
        TurnCredential.Sign(secret, username).Should().Be(new TurnCredential(username, password));

    /// <summary>RFC 2202 §3, test case 2.</summary>
    [Test]
    public void The_HMAC_is_that_of_its_standard() =>
        Convert.FromBase64String(TurnCredential.Sign("Jefe", "what do ya want for nothing?").Password)
            .Should().Equal(Convert.FromHexString("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"));

    [Test]
    public void A_user_name_tells_when_it_expires_and_which_peer_it_is_but_not_the_room()
    {
        var credential = TurnCredential.For(Secret, Expiry, "telehealth-dr-kim", "peer-1");

        credential.Username.Should().MatchRegex("^1700000000:[A-Za-z0-9_-]{12}\\.peer-1$").And.NotContain("kim");
        credential.Should().Be(TurnCredential.For(Secret, Expiry, "telehealth-dr-kim", "peer-1"));
    }

    [Test]
    public void Each_room_peer_moment_and_secret_has_a_credential_of_its_own()
    {
        TurnCredential[] credentials =
        [
            TurnCredential.For(Secret, Expiry, "room", "peer"),
            TurnCredential.For(Secret, Expiry, "room2", "peer"),
            TurnCredential.For(Secret, Expiry, "room", "peer2"),
            TurnCredential.For(Secret, Expiry.AddSeconds(1), "room", "peer"),
            TurnCredential.For(Secret + "!", Expiry, "room", "peer"),
        ];

        credentials.Select(credential => credential.Username).Should().OnlyHaveUniqueItems();
        credentials.Select(credential => credential.Password).Should().OnlyHaveUniqueItems();
    }
}
