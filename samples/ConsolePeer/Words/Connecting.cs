using System.Globalization;
using ConsolePeer.View;
using Signaling.Client;

namespace ConsolePeer.Words;

/// <summary>What the connection does.</summary>
internal static class Connecting
{
    /// <returns><c>null</c> when there is nothing to tell.</returns>
    public static Line? Describe(ConnectionStateChange change, Uri hub) => change switch
    {
        { Current: ConnectionState.Connecting, RetryIn: { } wait } => new($"The hub at {hub} cannot be reached{Because(change)}. {Again(wait)} Is it running?", LineKind.Bad),
        { Current: ConnectionState.Reconnecting, RetryIn: { } wait, Previous: ConnectionState.Connected } => new($"The connection is lost{Because(change)}. {Again(wait)}", LineKind.Bad),
        { Current: ConnectionState.Reconnecting, RetryIn: { } wait } => new($"Still no connection{Because(change)}. {Again(wait)}", LineKind.Bad),
        { Current: ConnectionState.Connecting, Previous: not ConnectionState.Connecting } => new($"Connecting to {hub} …", LineKind.Detail),
        { Current: ConnectionState.Connected, Previous: ConnectionState.Reconnecting } => new("Connected again.", LineKind.Good),
        _ => null,
    };

    private static string Because(ConnectionStateChange change) =>
        change.Error is { } error ? $": {Text.Clean(error.ToString())}"
        : change.Reason is { } reason ? $": {Text.Clean(reason).TrimEnd('.')}"
        : "";

    private static string Again(TimeSpan wait) => string.Create(CultureInfo.InvariantCulture, $"Next try in {wait.TotalSeconds:0.0} s.");
}
