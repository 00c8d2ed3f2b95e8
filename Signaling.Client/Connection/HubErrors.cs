using Microsoft.AspNetCore.SignalR;
using Signaling.Contracts;

namespace Signaling.Client.Connection;

/// <summary>Finds the hub's error in what SignalR throws.</summary>
internal static class HubErrors
{
    // SignalR's client puts words of its own before the text of a close or handshake error.
    private static readonly string[] Prefixes =
    [
        "The server closed the connection with the following error: ",
        "Unable to complete handshake with the server due to an error: ",
    ];

    /// <summary>The hub's error; <c>null</c> when the exception is not the hub's.</summary>
    public static SignalingError? Find(Exception? exception) => exception switch
    {
        SignalingException known => known.Error,
        ConnectFailedException failed => Find(failed.InnerException),
        HubException hub => Parse(hub.Message),
        _ => null,
    };

    /// <summary>The same as an exception; <c>internal</c> when the hub's text is none of ours.</summary>
    public static SignalingException Wrap(HubException exception) =>
        new(Parse(exception.Message) ?? new(ErrorCode.Internal, exception.Message), exception);

    public static SignalingException New(ErrorCode code, string message) => new(new(code, message));

    private static SignalingError? Parse(string text)
    {
        foreach (var prefix in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal)) text = text.Substring(prefix.Length);
        }

        return SignalingError.TryParse(text, out var error) ? error : null;
    }
}
