using Signaling.Contracts;

namespace Signaling.LoadTest.Connections;

/// <summary>Why a connection could not be made or did not last: a code of the protocol, or one of the tool's own.</summary>
internal sealed class ConnectFailure(string code, bool canRetry, TimeSpan? retryAfter = null) : Exception(code)
{
    /// <summary>The socket could not be opened.</summary>
    public const string Unreachable = "connect-failed";

    /// <summary>The hub's TLS certificate is not trusted, or there is no TLS.</summary>
    public const string Untrusted = "tls-failed";

    /// <summary>No welcome came in time.</summary>
    public const string TimedOut = "connect-timeout";

    /// <summary>The hub ended the connection without a word.</summary>
    public const string Closed = "closed";

    /// <summary>Nothing came from the hub for two keep-alive times.</summary>
    public const string Silent = "silent";

    /// <summary>What came was not the protocol.</summary>
    public const string Malformed = "malformed-answer";

    public string Code { get; } = code;

    public bool CanRetry => canRetry;

    public TimeSpan? RetryAfter => retryAfter;

    public static ConnectFailure Of(SignalingError error) =>
        new(ErrorText.CodeOf(error), error.Action is ErrorAction.Retry or ErrorAction.RetryLater or ErrorAction.Rejoin, error.RetryAfter);
}
