using Microsoft.Extensions.Logging;

namespace Signaling.Client;

/// <summary>Everything that the client logs.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Previous} → {Current}: {Reason}")]
    public static partial void StateChanged(this ILogger logger, ConnectionState previous, ConnectionState current, string? reason);

    [LoggerMessage(2, LogLevel.Error, "An event handler of the app failed.")]
    public static partial void HandlerFailed(this ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Joined {Room} as {PeerId}.")]
    public static partial void Joined(this ILogger logger, string room, string peerId);

    [LoggerMessage(4, LogLevel.Warning, "Joining {Room} failed; trying again.")]
    public static partial void JoinFailed(this ILogger logger, Exception exception, string room);

    [LoggerMessage(5, LogLevel.Debug, "The roster of {Room} has a gap; reading it again.")]
    public static partial void RosterGap(this ILogger logger, string room);

    [LoggerMessage(6, LogLevel.Debug, "Dropped a signal from {PeerId}, who is not in the roster of {Room}.")]
    public static partial void UnknownSender(this ILogger logger, string? peerId, string room);

    [LoggerMessage(7, LogLevel.Warning, "The hub refused a signal to {PeerId}.")]
    public static partial void SignalRefused(this ILogger logger, Exception exception, string peerId);

    [LoggerMessage(8, LogLevel.Warning, "No reader took the messages in time; the oldest was dropped.")]
    public static partial void MessageDropped(this ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "Negotiating with {PeerId} failed.")]
    public static partial void NegotiationFailed(this ILogger logger, Exception exception, string peerId);

    [LoggerMessage(10, LogLevel.Debug, "The hub could not be told that {Room} was left.")]
    public static partial void LeaveUntold(this ILogger logger, Exception exception, string room);

    [LoggerMessage(11, LogLevel.Information, "Resumed {PeerId} in {Room}.")]
    public static partial void Resumed(this ILogger logger, string room, string peerId);

    [LoggerMessage(12, LogLevel.Information, "The node is about to stop, within {DeadlineMs} ms; moving to another connection.")]
    public static partial void Moving(this ILogger logger, int deadlineMs);

    [LoggerMessage(13, LogLevel.Warning, "Moving to another connection failed; trying again.")]
    public static partial void MoveFailed(this ILogger logger, Exception exception);

    [LoggerMessage(14, LogLevel.Information, "Region {Previous} → {Current}.")]
    public static partial void RegionChanged(this ILogger logger, string? previous, string current);

    [LoggerMessage(15, LogLevel.Information, "{Region} is well and nearer; moving to it.")]
    public static partial void Returning(this ILogger logger, string? region);

    [LoggerMessage(16, LogLevel.Warning, "Moving to {Region} failed; staying.")]
    public static partial void ReturnFailed(this ILogger logger, Exception? exception, string? region);
}
