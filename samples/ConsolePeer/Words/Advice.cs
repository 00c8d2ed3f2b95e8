using System.Globalization;
using ConsolePeer.View;
using Signaling.Client;
using Signaling.Contracts;

namespace ConsolePeer.Words;

/// <summary>A refusal: its code, and what to do about it.</summary>
internal static class Advice
{
    public static IEnumerable<Line> Describe(SignalingException refusal)
    {
        yield return new(Text.Clean(refusal.Error.ToString()), LineKind.Bad);
        yield return new($"What to do: {WhatToDo(refusal)} More: Signaling.Contracts/{refusal.HelpLink}", LineKind.Detail);
    }

    private static string WhatToDo(SignalingException refusal) => refusal.Code switch
    {
        ErrorCode.Unauthorized => "pass a token that this hub accepts, with --token or in SIGNALING_TOKEN. \"dotnet run --project Signaling.Hub -- token\" mints one.",
        ErrorCode.TokenExpired => "get a fresh token and pass it with --token.",
        ErrorCode.NotAllowed => "get a token that names this room.",
        ErrorCode.RoomFull => "try again when someone has left, or choose another room.",
        ErrorCode.InvalidName => "choose a --name of at most 64 characters.",
        ErrorCode.MessageTooLarge => "say less at a time.",
        _ => ByAction(refusal),
    };

    private static string ByAction(SignalingException refusal) => refusal.Action switch
    {
        ErrorAction.Retry => "try again.",
        ErrorAction.RetryLater when refusal.RetryAfter is { } wait => string.Create(CultureInfo.InvariantCulture, $"try again in {wait.TotalSeconds:0.#} s."),
        ErrorAction.RetryLater => "try again later.",
        ErrorAction.Rejoin => "join the room again.",
        _ => "do not repeat it as it is; something about it has to change.",
    };
}
