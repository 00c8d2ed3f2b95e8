namespace Signaling.Contracts;

/// <summary>One ICE candidate (RFC 8838), in the form of <c>RTCIceCandidateInit</c>.</summary>
public sealed record IceCandidate
{
    /// <summary>The candidate line without <c>a=</c>; empty for end-of-candidates of its generation.</summary>
    public required string Candidate { get; init; }

    /// <summary>The media section's identification tag.</summary>
    public string? SdpMid { get; init; }

    /// <summary>The media section's index, from 0.</summary>
    public int? SdpMLineIndex { get; init; }

    /// <summary>The ufrag of the generation that the candidate belongs to; tells candidates of a past negotiation apart.</summary>
    public string? UsernameFragment { get; init; }
}
