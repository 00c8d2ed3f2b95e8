using System.Text;
using ConsolePeer.View;
using Signaling.Client;
using Signaling.Contracts;

namespace ConsolePeer.Words;

/// <summary>Signals by kind and size; an SDP holds addresses and keys, so it is never shown.</summary>
internal static class SignalWords
{
    public static Line Describe(RemotePeer peer, Signal signal) => new($"{PeerWords.Label(peer)} sent {Describe(signal)}.", LineKind.Detail);

    private static string Describe(Signal signal) => signal switch
    {
        { Description: { Type: SdpType.Rollback } } => "a rollback",
        { Description: { } description } => $"{Article(description.Type)}, {Size(description.Sdp)} of SDP",
        { Candidates: [{ Candidate: "" }] } => "end of candidates",
        { Candidates: { } candidates } => $"{Count(candidates.Count)} ({Kinds(candidates)}), {Size(string.Concat(candidates.Select(one => one.Candidate)))}",
        _ => "a signal of a kind that this sample does not know",
    };

    private static string Article(SdpType type) => type switch
    {
        SdpType.Offer => "an offer",
        SdpType.Answer => "an answer",
        _ => "a description",
    };

    private static string Count(int count) => count == 1 ? "1 candidate" : $"{count} candidates";

    private static string Kinds(IReadOnlyList<IceCandidate> candidates) => string.Join(
        ", ", candidates.CountBy(candidate => Kind(candidate.Candidate)).Select(kind => candidates.Count == 1 ? kind.Key : $"{kind.Value} {kind.Key}"));

    /// <summary>The word behind <c>typ</c> (RFC 8839 §5.1), where it is one of the four that there are.</summary>
    private static string Kind(string candidate)
    {
        if (candidate.Length == 0) return "end";
        var words = candidate.Split(' ');
        var kind = words.SkipWhile(word => word is not "typ").ElementAtOrDefault(1);
        return kind is "host" or "srflx" or "prflx" or "relay" ? kind : "other";
    }

    private static string Size(string? text) => Text.Size(Encoding.UTF8.GetByteCount(text ?? ""));
}
