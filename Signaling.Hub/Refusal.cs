using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;

namespace Signaling.Hub;

/// <summary>An expected failure: reaches the client as <see cref="SignalingError"/>, in a completion or in the close message.</summary>
internal sealed class Refusal(ErrorCode code, string message, TimeSpan? retryAfter = null)
    : HubException(new SignalingError(code, message, retryAfter).ToString())
{
    public ErrorCode Code => code;
}
