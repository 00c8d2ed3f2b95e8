namespace Signaling.Hub.Access;

/// <summary>Names of the claims beside those of RFC 7519.</summary>
internal static class TokenClaims
{
    /// <summary>An array of room ids; an entry may end in <c>*</c> to match a prefix.</summary>
    public const string Rooms = "rooms";

    /// <summary><c>true</c> for who may operate the node.</summary>
    public const string Operator = "operator";
}
