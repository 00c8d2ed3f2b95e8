using System.Globalization;
using System.Text.RegularExpressions;

namespace Signaling.Contracts;

/// <summary>An error of the hub, as it travels in the text of a SignalR error.</summary>
/// <remarks>
/// On the wire: <c>code (action): message</c> or <c>code (action, N ms): message</c>, behind whatever SignalR itself puts in front.
/// </remarks>
public sealed record SignalingError
{
    private static readonly Regex Wire = new(
        @"(?:^|HubException: )(?<code>[a-z][a-z0-9-]*) \((?<action>[a-z-]+)(?:, (?<ms>[0-9]{1,9}) ms)?\): (?<text>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline);

    /// <summary>An error with the action that its code stands for.</summary>
    public SignalingError(ErrorCode code, string message, TimeSpan? retryAfter = null)
        : this(code, ActionOf(code), message, retryAfter)
    {
    }

    private SignalingError(ErrorCode code, ErrorAction action, string message, TimeSpan? retryAfter) =>
        (Code, Action, Message, RetryAfter) = (code, action, message, retryAfter);

    /// <summary>What went wrong.</summary>
    public ErrorCode Code { get; }

    /// <summary>What to do about it.</summary>
    public ErrorAction Action { get; }

    /// <summary>A sentence for a developer; not for parsing, and without anyone else's data.</summary>
    public string Message { get; }

    /// <summary>How long to wait before trying again; whole milliseconds on the wire.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The action that a code stands for.</summary>
    public static ErrorAction ActionOf(ErrorCode code) => code switch
    {
        ErrorCode.Internal => ErrorAction.Retry,
        ErrorCode.TokenExpired => ErrorAction.Retry,
        ErrorCode.GoingAway => ErrorAction.Retry,
        ErrorCode.Unavailable => ErrorAction.RetryLater,
        ErrorCode.RateLimited => ErrorAction.RetryLater,
        ErrorCode.RoomFull => ErrorAction.RetryLater,
        ErrorCode.PeerUnreachable => ErrorAction.RetryLater,
        ErrorCode.NotInRoom => ErrorAction.Rejoin,
        ErrorCode.ResumeExpired => ErrorAction.Rejoin,
        _ => ErrorAction.GiveUp,
    };

    /// <summary>Finds the error in the text of a SignalR exception or close message.</summary>
    /// <returns><c>false</c> when the text carries none.</returns>
    public static bool TryParse(string? text, out SignalingError? error)
    {
        error = null;
        if (text is null || Wire.Match(text) is not { Success: true } match) return false;
        var after = match.Groups["ms"] is { Success: true } ms
            ? TimeSpan.FromMilliseconds(int.Parse(ms.Value, CultureInfo.InvariantCulture))
            : (TimeSpan?)null;
        error = new SignalingError(
            WireEnum<ErrorCode>.Parse(match.Groups["code"].Value),
            WireEnum<ErrorAction>.Parse(match.Groups["action"].Value),
            match.Groups["text"].Value,
            after);
        return true;
    }

    /// <summary>The error as it goes on the wire.</summary>
    public override string ToString()
    {
        var wait = RetryAfter is { } after
            ? $", {((long)Math.Ceiling(after.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture)} ms"
            : "";
        return $"{WireEnum<ErrorCode>.Format(Code)} ({WireEnum<ErrorAction>.Format(Action)}{wait}): {Message}";
    }
}
