using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;

namespace Signaling.Hub;

/// <summary>An expected failure: reaches the client as <see cref="SignalingError"/>, in a completion or in the close message.</summary>
internal sealed class Refusal(ErrorCode code, string message, TimeSpan? retryAfter = null)
    : Exception(new SignalingError(code, message, retryAfter).ToString())
{
    public ErrorCode Code => code;

    /// <summary>SignalR sends the text of a <see cref="HubException"/> behind its type's name, and PROTOCOL.md promises that name.</summary>
    public HubException ForWire() => new(Message);
}
