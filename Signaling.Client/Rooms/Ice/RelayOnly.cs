using Signaling.Contracts;

namespace Signaling.Client.Rooms.Ice;

/// <summary>
/// What may be told of candidates in a relay-only room, whose peers must not learn each other's addresses: relayed ones, without the address behind the
/// relay. A candidate that is not written exactly as RFC 8839 §5.1 has it is taken for none that is relayed.
/// </summary>
internal static class RelayOnly
{
    private const string CandidateLine = "a=candidate:";

    // candidate:foundation component transport priority address port typ type [name value]…
    private const int Address = 4;
    private const int TypeName = 6;
    private const int Extensions = 8;

    /// <summary>Those that may be told, as they may be told. End-of-candidates stays.</summary>
    public static IReadOnlyList<IceCandidate> Filter(IReadOnlyList<IceCandidate> candidates)
    {
        var tellable = new List<IceCandidate>(candidates.Count);
        foreach (var candidate in candidates)
        {
            if (candidate.Candidate.Length == 0) tellable.Add(candidate);
            else if (Relayed(candidate.Candidate) is { } line) tellable.Add(candidate with { Candidate = line });
        }

        return tellable;
    }

    /// <summary>The description without the candidates that are not relayed; every other line stays as it is.</summary>
    public static SessionDescription Filter(SessionDescription description) =>
        description.Sdp is { } sdp ? description with { Sdp = string.Concat(LinesOf(sdp).Select(Filter)) } : description;

    private static string Filter(string line)
    {
        if (!line.StartsWith(CandidateLine, StringComparison.Ordinal)) return line;
        var text = line.TrimEnd('\n').TrimEnd('\r');
        return Relayed(text) is { } relayed ? relayed + line.Substring(text.Length) : "";
    }

    private static IEnumerable<string> LinesOf(string sdp)
    {
        for (var start = 0; start < sdp.Length;)
        {
            var feed = sdp.IndexOf('\n', start);
            var end = feed < 0 ? sdp.Length : feed + 1;
            yield return sdp.Substring(start, end - start);
            start = end;
        }
    }

    private static string? Relayed(string line)
    {
        var words = line.Split(' ');

        // Another kind of white space might be read differently at the other end.
        if (!line.All(character => character is >= ' ' and <= '~')) return null;
        if (words.Length < Extensions || words[TypeName] != "typ" || words[TypeName + 1] != "relay") return null;
        for (var i = Extensions; i + 1 < words.Length; i += 2)
        {
            if (words[i] == "raddr") words[i + 1] = words[Address].IndexOf(':') < 0 ? "0.0.0.0" : "::";
            if (words[i] == "rport") words[i + 1] = "9";
        }

        return string.Join(" ", words);
    }
}
