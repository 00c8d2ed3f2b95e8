namespace Signaling.Contracts;

/// <summary>Bounds that are part of the protocol. What a deployment may tune is in <see cref="RoomLimits"/>.</summary>
public static class SignalingLimits
{
    /// <summary>Largest hub message, in bytes of its JSON text: 64 KiB.</summary>
    public const int MaxMessageBytes = 64 * 1024;

    /// <summary>Longest id (room, peer, user, attribute key), in characters. Ids match <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
    public const int MaxIdLength = 64;

    /// <summary>Longest display name, in UTF-16 code units. Control characters are not allowed.</summary>
    public const int MaxNameLength = 64;

    /// <summary>Most attributes a peer may have in a room.</summary>
    public const int MaxAttributes = 16;

    /// <summary>Longest attribute value, in UTF-16 code units.</summary>
    public const int MaxAttributeValueLength = 256;

    /// <summary>Most candidates in one signal.</summary>
    public const int MaxCandidates = 64;

    /// <summary>Longest candidate line, in characters.</summary>
    public const int MaxCandidateLength = 1024;

    /// <summary>Most rooms one connection may be in.</summary>
    public const int MaxRoomsPerConnection = 8;

    /// <summary>Most that each count of a <see cref="Ping"/> says; more counts as that.</summary>
    public const int MaxCountPerPing = 10_000;
}
