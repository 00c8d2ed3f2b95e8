using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Signaling.Hub.Ice.Credentials;

/// <summary>
/// A time-limited TURN credential (coturn's <c>use-auth-secret</c>; draft-uberti-behave-turn-rest-00 §2.2): the user name is
/// <c>expiry:user</c>, the password the Base64 of HMAC-SHA1 over it.
/// </summary>
/// <param name="Username">The moment of expiry in Unix seconds, a colon, and who it is for.</param>
/// <param name="Password">What proves that the secret's owner has allowed it.</param>
internal sealed record TurnCredential(string Username, string Password)
{
    private const int RoomTagBytes = 9;

    /// <summary>For one peer of one room. TURN servers log user names: the peer's id says nothing of the person, and the room's name is hidden.</summary>
    public static TurnCredential For(string secret, DateTimeOffset expires, string room, string peerId) =>
        For(secret, expires, $"{RoomTag(secret, room)}.{peerId}");

    public static TurnCredential For(string secret, DateTimeOffset expires, string user) =>
        Sign(secret, string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}:{user}"));

    public static TurnCredential Sign(string secret, string username)
    {
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username));
        return new(username, Convert.ToBase64String(hash));
    }

    /// <summary>Tells rooms apart, and can be computed by who has the secret alone: names are easily guessed.</summary>
    private static string RoomTag(string secret, string room) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"room {room}")).AsSpan(..RoomTagBytes));
}
