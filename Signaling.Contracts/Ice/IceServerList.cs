namespace Signaling.Contracts;

/// <summary>STUN and TURN servers for one peer.</summary>
public sealed record IceServerList
{
    /// <summary>In the form of <c>RTCConfiguration.iceServers</c>. May be empty.</summary>
    public required IReadOnlyList<IceServer> Servers { get; init; }

    /// <summary>Seconds until the credentials in it expire; absent when none does.</summary>
    public int? ExpiresInSeconds { get; init; }
}

/// <summary>One entry of <c>RTCConfiguration.iceServers</c> (W3C WebRTC §4.2.4).</summary>
public sealed record IceServer
{
    /// <summary>URLs as in RFC 7064 (stun, stuns) and RFC 7065 (turn, turns).</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The TURN user name.</summary>
    public string? Username { get; init; }

    /// <summary>The TURN password.</summary>
    public string? Credential { get; init; }
}
