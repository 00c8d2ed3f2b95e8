using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.Hub.Relay;

/// <summary>The shape of a signal: all that the hub reads of one.</summary>
internal static class SignalRules
{
    private const int MaxSdpLines = 4000;
    private const int MaxTagLength = 256;
    private const int MaxTraceParentLength = 256;

    /// <summary>A hub message nests at most 32 levels, and three of them are around the data.</summary>
    private const int MaxDataDepth = 29;

    /// <exception cref="Refusal"><see cref="ErrorCode.InvalidSignal"/>, saying which rule.</exception>
    public static void Check(Signal signal)
    {
        var payloads = (signal.Description is null ? 0 : 1) + (signal.Candidates is null ? 0 : 1) + (signal.Data is null ? 0 : 1);
        if (payloads > 1) Fail("it has more than one of description, candidates and data");
        if (payloads is 0 && signal.Seq is null && signal.Ack is null) Fail("it has neither a payload nor seq nor ack");
        if (signal.To is null && signal.Data is null) Fail("only app data goes to the whole room; name a receiver in to");
        if (signal.To is not null && signal.Seqs is not null) Fail("seqs goes with app data to the whole room");
        if (signal.Seq < 1 || signal.Ack < 0) Fail("seq starts at 1 and ack at 0");
        if (signal.Seqs?.Values.Any(seq => seq < 1) is true) Fail("seqs start at 1");
        if (signal.TraceParent?.Length > MaxTraceParentLength) Fail("traceparent is too long");
        if (signal.Description is { } description) Check(description);
        if (signal.Candidates is { } candidates) Check(candidates);
        if (signal.Data is { ValueKind: JsonValueKind.Undefined }) Fail("data has no value");
        if (signal.Data is { } data && NestsTooDeep(data)) Fail($"data nests deeper than {MaxDataDepth} levels");
    }

    private static bool NestsTooDeep(JsonElement data)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(data));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth >= MaxDataDepth) return true;
        }

        return false;
    }

    private static void Check(SessionDescription description)
    {
        if (description.Type is SdpType.Unknown) Fail("the description's type is not offer, answer or rollback");
        if (string.IsNullOrEmpty(description.Sdp))
        {
            if (description.Type is not SdpType.Rollback) Fail("an offer or answer has an sdp");
            return;
        }

        if (!description.Sdp.StartsWith("v=0", StringComparison.Ordinal)) Fail("the sdp does not begin with v=0");
        if (description.Sdp.Contains('\0')) Fail("the sdp has a NUL");
        if (description.Sdp.AsSpan().Count('\n') > MaxSdpLines) Fail($"the sdp has more than {MaxSdpLines} lines");
    }

    private static void Check(IReadOnlyList<IceCandidate> candidates)
    {
        if (candidates.Count is 0 or > SignalingLimits.MaxCandidates) Fail($"candidates has 1 to {SignalingLimits.MaxCandidates} entries");
        foreach (var candidate in candidates)
        {
            if (candidate is null) Fail("a candidate is null");
            if (candidate.Candidate.Length > SignalingLimits.MaxCandidateLength) Fail($"a candidate is longer than {SignalingLimits.MaxCandidateLength}");
            if (candidate.Candidate.AsSpan().ContainsAny('\0', '\r', '\n')) Fail("a candidate has a NUL or a line break");
            if (candidate.SdpMid?.Length > MaxTagLength || candidate.UsernameFragment?.Length > MaxTagLength) Fail($"an sdpMid or usernameFragment is longer than {MaxTagLength}");
            if (candidate.SdpMLineIndex is < 0 or > ushort.MaxValue) Fail("an sdpMLineIndex is not 0 to 65535");
        }
    }

    [DoesNotReturn]
    private static void Fail(string why) => throw new Refusal(ErrorCode.InvalidSignal, $"The signal is refused: {why}.");
}
