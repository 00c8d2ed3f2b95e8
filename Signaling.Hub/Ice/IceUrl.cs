using System.Text.RegularExpressions;

namespace Signaling.Hub.Ice;

/// <summary>The URL forms of RFC 7064 (stun, stuns) and RFC 7065 (turn, turns).</summary>
internal static partial class IceUrl
{
    public static bool IsValid(string url) =>
        Form().Match(url) is { Success: true } match
        && (!match.Groups["port"].Success || int.Parse(match.Groups["port"].ValueSpan) is > 0 and <= 65535)
        && (!match.Groups["transport"].Success || match.Groups["scheme"].ValueSpan.StartsWith("turn"));

    public static bool NeedsCredential(string url) => url.StartsWith("turn", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<scheme>stuns?|turns?):(?<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:(?<port>[0-9]{1,5}))?(?<transport>\?transport=(udp|tcp))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
