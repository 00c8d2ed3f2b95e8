using System.Text.Json.Serialization;

namespace Signaling.Contracts;

/// <summary>What a client should do about an error.</summary>
[JsonConverter(typeof(WireEnumConverter<ErrorAction>))]
public enum ErrorAction
{
    /// <summary>An action that this build does not know; treat it as <see cref="GiveUp"/>.</summary>
    Unknown,

    /// <summary>Try the same again at once, then with backoff.</summary>
    Retry,

    /// <summary>Try the same again after <see cref="SignalingError.RetryAfter"/>, or after a backoff when there is none.</summary>
    RetryLater,

    /// <summary>Join the room again as a new peer.</summary>
    Rejoin,

    /// <summary>Do not repeat it: the request, or the right to make it, has to change first.</summary>
    GiveUp,
}
