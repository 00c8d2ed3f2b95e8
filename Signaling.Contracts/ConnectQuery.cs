namespace Signaling.Contracts;

/// <summary>Names of the query parameters in the connection's URL.</summary>
public static class ConnectQuery
{
    /// <summary>The room to join during the connect. Optional.</summary>
    public const string Room = "room";

    /// <summary>The display name for that room. Optional.</summary>
    public const string Name = "name";

    /// <summary><c>1</c> when the client acknowledges signals (<see cref="PeerInfo.Acks"/>). Optional.</summary>
    public const string Acks = "acks";

    /// <summary><c>1</c> when the client resumes its peers after a lost connection (<see cref="JoinRequest.Resumable"/>). Optional.</summary>
    public const string Resumable = "resumable";

    /// <summary>With <see cref="ResumeToken"/>: the peer to resume in that room instead of joining as a new one. Optional.</summary>
    public const string ResumePeer = "peer";

    /// <summary>The token of the peer's last <see cref="Welcome"/>. Optional.</summary>
    public const string ResumeToken = "resume";

    /// <summary>The number of the try to resume (<see cref="ResumeRequest.Attempt"/>). Optional.</summary>
    public const string ResumeAttempt = "attempt";

    /// <summary><c>1</c> when the client was in that room before and cannot resume its peer (<see cref="JoinRequest.Rejoin"/>). Optional.</summary>
    public const string Rejoin = "rejoin";

    /// <summary>W3C Trace Context of the join (<see cref="JoinRequest.TraceParent"/>). Optional.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The protocol version the client speaks (<see cref="ProtocolVersion"/>). Optional; 1 when absent.</summary>
    public const string Version = "v";

    /// <summary>The bearer token, for clients that cannot set an <c>Authorization</c> header (browsers).</summary>
    public const string AccessToken = "access_token";
}
