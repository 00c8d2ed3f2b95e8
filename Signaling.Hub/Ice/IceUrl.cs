using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Signaling.Hub.Ice;

/// <summary>How a server is spoken to.</summary>
internal enum IceTransport
{
    Udp,
    Tcp,
    Tls,
    Dtls,
}

/// <summary>A URL of RFC 7064 (stun, stuns) or RFC 7065 (turn, turns), with its defaults filled in, so that two forms of one are equal.</summary>
/// <param name="IsTurn">Whether it relays.</param>
/// <param name="Host">A name in lower case, or an address, without brackets.</param>
/// <param name="Port">The port.</param>
/// <param name="Transport">How it is spoken to.</param>
internal sealed partial record IceUrl(bool IsTurn, string Host, int Port, IceTransport Transport)
{
    private const int PlainPort = 3478;
    private const int SecurePort = 5349;

    public static IceUrl? Parse(string url)
    {
        if (Form().Match(url) is not { Success: true } match) return null;
        var (isTurn, isSecure, transport) = (match.Groups["turn"].Success, match.Groups["secure"].Success, match.Groups["transport"]);
        if (transport.Success && !isTurn) return null;
        if (match.Groups["address"] is { Success: true } address && !(IPAddress.TryParse(address.ValueSpan, out var parsed) && parsed.AddressFamily is AddressFamily.InterNetworkV6)) return null;

        var port = isSecure ? SecurePort : PlainPort;
        if (match.Groups["port"] is { Success: true } given && (!int.TryParse(given.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is 0 or > 65535)) return null;

        var overUdp = transport.Success ? transport.ValueSpan is "udp" : !isSecure;
        return new IceUrl(isTurn, match.Groups["host"].Value.ToLowerInvariant(), port, (isSecure, overUdp) switch
        {
            (false, true) => IceTransport.Udp,
            (false, false) => IceTransport.Tcp,
            (true, false) => IceTransport.Tls,
            (true, true) => IceTransport.Dtls,
        });
    }

    [GeneratedRegex(@"^((?<turn>turn)|stun)(?<secure>s)?:((?<host>[A-Za-z0-9.-]+)|\[(?<address>(?<host>[0-9A-Fa-f:.]+))\])(:(?<port>[0-9]{1,5}))?(\?transport=(?<transport>udp|tcp))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
