namespace Signaling.Hub.Ice.Stun.Messages;

/// <summary>Error codes (RFC 8489 §14.8, RFC 8656 §19).</summary>
internal static class StunError
{
    public const int Unauthenticated = 401;
    public const int StaleNonce = 438;
    public const int AllocationQuotaReached = 486;
    public const int ServerError = 500;
    public const int InsufficientCapacity = 508;

    /// <summary>Not of STUN: what browsers report for a server that they cannot reach (W3C WebRTC §4.8.1.3).</summary>
    public const int Unreachable = 701;
}
