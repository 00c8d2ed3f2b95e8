using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.Client;

/// <summary>The hub, or this client on its behalf, refused a request.</summary>
/// <remarks>Act on <see cref="Action"/>, log <see cref="Code"/>, never parse the message. <see cref="Exception.HelpLink"/> names the code's paragraph in PROTOCOL.md.</remarks>
public sealed class SignalingException : Exception
{
    /// <summary>Wraps an error of the hub.</summary>
    public SignalingException(SignalingError error, Exception? innerException = null)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ToString(), innerException)
    {
        Error = error;
        HelpLink = "PROTOCOL.md#" + JsonNamingPolicy.KebabCaseLower.ConvertName(error.Code.ToString());
    }

    /// <summary>The error in full.</summary>
    public SignalingError Error { get; }

    /// <summary>What went wrong.</summary>
    public ErrorCode Code => Error.Code;

    /// <summary>What to do about it.</summary>
    public ErrorAction Action => Error.Action;

    /// <summary>How long to wait before trying again, where the hub said so.</summary>
    public TimeSpan? RetryAfter => Error.RetryAfter;
}
