using System.Text.RegularExpressions;
using Signaling.Contracts;

namespace Signaling.Client.Negotiation;

/// <summary>ICE user name fragments: they tell the generations of descriptions and candidates apart.</summary>
internal static class Ufrag
{
    private static readonly Regex InDescription = new(@"^a=ice-ufrag:(\S+)", RegexOptions.Multiline | RegexOptions.CultureInvariant);
    private static readonly Regex InCandidate = new(@" ufrag (\S+)", RegexOptions.CultureInvariant);

    /// <summary>Those of a description's session and media sections (RFC 8839 §5.4).</summary>
    public static HashSet<string> Of(SessionDescription description) =>
        [.. InDescription.Matches(description.Sdp ?? "").Cast<Match>().Select(match => match.Groups[1].Value)];

    /// <summary>That of a description's first media section, or of its session; <c>null</c> when there is none.</summary>
    public static string? FirstOf(SessionDescription? description) =>
        InDescription.Match(description?.Sdp ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>That of the generation that a candidate belongs to; engines give it as a field, in the candidate line, or both.</summary>
    public static string? Of(IceCandidate candidate) => candidate.UsernameFragment
        ?? (InCandidate.Match(candidate.Candidate) is { Success: true } match ? match.Groups[1].Value : null);
}
