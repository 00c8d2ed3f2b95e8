using System.Text;
using System.Text.Json.Nodes;
using Signaling.Contracts;

namespace Signaling.LoadTest.Messages;

/// <summary>The payload of a signal as JSON fields, built once and sent often.</summary>
internal sealed record SignalBody(SignalKind Kind, byte[] Json)
{
    public static SignalBody Data(int bytes) =>
        Of(SignalKind.Data, new JsonObject { ["data"] = new string('x', bytes) });

    public static SignalBody Offer(string sdp) => Description(SignalKind.Offer, "offer", sdp);

    public static SignalBody Answer(string sdp) => Description(SignalKind.Answer, "answer", sdp);

    /// <summary>One candidate, as a browser trickles them; an empty one is end-of-candidates.</summary>
    public static SignalBody Candidate(string candidate, string ufrag) => Of(SignalKind.Candidates, new JsonObject
    {
        ["candidates"] = new JsonArray(new JsonObject
        {
            ["candidate"] = candidate,
            ["sdpMid"] = "0",
            ["sdpMLineIndex"] = 0,
            ["usernameFragment"] = ufrag,
        }),
    });

    private static SignalBody Description(SignalKind kind, string type, string sdp) =>
        Of(kind, new JsonObject { ["description"] = new JsonObject { ["type"] = type, ["sdp"] = sdp } });

    private static SignalBody Of(SignalKind kind, JsonObject fields) =>
        new(kind, Encoding.UTF8.GetBytes(fields.ToJsonString(SignalingJson.Options)[1..^1]));
}
