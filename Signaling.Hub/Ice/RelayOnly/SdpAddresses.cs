using System.Net;
using System.Net.Sockets;

namespace Signaling.Hub.Ice.RelayOnly;

/// <summary>
/// The addresses in an SDP, wherever they stand (<c>a=candidate</c>, <c>c=</c>, <c>o=</c>, <c>a=rtcp</c>, …). Browsers write 0.0.0.0 or 127.0.0.1 until
/// candidates are gathered, and the default candidate's address from then on.
/// </summary>
internal static class SdpAddresses
{
    private static readonly char[] Separators = [' ', '\t', '\v', '\u00a0', '/', ',', ';', '='];

    /// <returns>Why a relay-only room refuses it; <c>null</c> when it gives no address away.</returns>
    public static string? ProblemOf(string sdp)
    {
        var relays = new HashSet<IPAddress>();
        var others = new List<IPAddress>();
        foreach (var untrimmed in sdp.AsSpan().EnumerateLines())
        {
            var line = untrimmed.Trim();
            if (!IsCandidate(line))
            {
                if (NamesHost(line)) return "the SDP has a host name where an address stands";
                others.AddRange(line.ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(AddressIn).OfType<IPAddress>());
                continue;
            }

            if (CandidateLine.Parse(line[1..].TrimStart()[1..].ToString()) is not { } candidate) continue;
            if (candidate.Problem is not null) return candidate.Problem;
            if (candidate.Address is { } relay) relays.Add(relay);
        }

        return others.TrueForAll(address => IsUnspecified(address) || IPAddress.IsLoopback(address) || relays.Contains(address))
            ? null
            : "the SDP names an address that is not one of its relayed candidates'";
    }

    /// <summary>The address that a word is, by itself or beside a port or a name; an IPv4 address has four numbers, since one with a point is none.</summary>
    public static IPAddress? AddressIn(string word)
    {
        var text = word.Trim('[', ']', '(', ')', '<', '>', '"', '\'');
        if (text.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(text, out var address)) return Plain(address);
        return text.Split(':').Select(part => part.AsSpan().Count('.') is 3 && IPAddress.TryParse(part, out var found) ? found : null).FirstOrDefault(found => found is not null);
    }

    public static bool IsUnspecified(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress Plain(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily is AddressFamily.InterNetworkV6) address.ScopeId = 0;
        return address;
    }

    /// <summary><c>a=candidate:</c>, however it is written.</summary>
    private static bool IsCandidate(ReadOnlySpan<char> line) =>
        line is ['a' or 'A', .. var rest] && rest.TrimStart() is ['=', .. var attribute] && attribute.TrimStart().StartsWith("candidate", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>IN IP4</c> or <c>IN IP6</c> and something that is no address.</summary>
    private static bool NamesHost(ReadOnlySpan<char> line)
    {
        var words = line.ToString().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 2 < words.Length; i++)
        {
            var isAddress = words[i].Equals("IN", StringComparison.OrdinalIgnoreCase)
                && (words[i + 1].Equals("IP4", StringComparison.OrdinalIgnoreCase) || words[i + 1].Equals("IP6", StringComparison.OrdinalIgnoreCase));
            if (isAddress && AddressIn(words[i + 2]) is null) return true;
        }

        return false;
    }
}
