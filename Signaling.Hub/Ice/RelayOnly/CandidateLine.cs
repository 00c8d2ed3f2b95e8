using System.Net;

namespace Signaling.Hub.Ice.RelayOnly;

/// <summary>A candidate (RFC 8839 §5.1) as a relay-only room sees it: what is not certainly a relayed one without another address is none.</summary>
/// <param name="Address">Where it is reached; <c>null</c> when that is no address.</param>
/// <param name="Problem">Why it is refused.</param>
internal sealed record CandidateLine(IPAddress? Address, string? Problem)
{
    private const int AddressAt = 4;
    private const int TypeAt = 6;
    private const int ExtensionsAt = 8;
    private const string AttributePrefix = "a=";
    private const string Prefix = "candidate:";

    /// <returns><c>null</c> for end-of-candidates.</returns>
    public static CandidateLine? Parse(string text)
    {
        var line = text.AsSpan().Trim();
        if (line.StartsWith(AttributePrefix, StringComparison.OrdinalIgnoreCase)) line = line[AttributePrefix.Length..].TrimStart();
        if (line.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) line = line[Prefix.Length..].TrimStart();
        if (line.IsEmpty) return null;

        var tokens = line.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var address = tokens.Length > AddressAt ? SdpAddresses.AddressIn(tokens[AddressAt]) : null;
        return new CandidateLine(address, ProblemOf(tokens));
    }

    private static string? ProblemOf(string[] tokens)
    {
        if (tokens.Length < ExtensionsAt || !Is(tokens[TypeAt], "typ")) return "a candidate cannot be read";
        if (!Is(tokens[TypeAt + 1], "relay")) return "a candidate is not relayed";
        if (tokens.Count(token => Is(token, "typ")) > 1) return "a candidate has two types";

        for (var i = ExtensionsAt; i < tokens.Length; i++)
        {
            if (Is(tokens[i], "raddr") && !(i + 1 < tokens.Length && SdpAddresses.AddressIn(tokens[i + 1]) is { } related && SdpAddresses.IsUnspecified(related)))
            {
                return "a relayed candidate has a raddr other than 0.0.0.0 or ::";
            }

            if (Is(tokens[i], "rport") && !(i + 1 < tokens.Length && tokens[i + 1] is "0" or "9")) return "a relayed candidate has an rport other than 0 or 9";
            if (SdpAddresses.AddressIn(tokens[i]) is { } other && !SdpAddresses.IsUnspecified(other)) return "a relayed candidate has a second address";
        }

        return null;
    }

    private static bool Is(string token, string word) => token.Equals(word, StringComparison.OrdinalIgnoreCase);
}
