using System.Globalization;
using System.Text.Unicode;
using Signaling.Contracts;

namespace Signaling.LoadTest.Messages;

/// <summary>The invocations that a peer makes, in SignalR's JSON protocol. Rooms and peers are ids, which need no escaping.</summary>
internal static class Invocations
{
    /// <summary>The invocation id of every ping; there is one at a time.</summary>
    public const string PingId = "ping";

    private const int Envelope = 512;

    public static Record Handshake()
    {
        var record = new Record(Envelope);
        return record.End(Utf8.TryWrite(record.Free, $$"""{"protocol":"json","version":1}""", out var bytes), bytes);
    }

    public static Record Ping(double roundTripMs)
    {
        var record = new Record(Envelope);
        return record.End(
            Utf8.TryWrite(
                record.Free,
                CultureInfo.InvariantCulture,
                $$"""{"type":1,"target":"{{nameof(ISignalingHub.Ping)}}","invocationId":"{{PingId}}","arguments":[{"roundTripMs":{{roundTripMs:0.###}}}]}""",
                out var bytes),
            bytes);
    }

    public static Record Leave(string room)
    {
        var record = new Record(Envelope);
        return record.End(
            Utf8.TryWrite(record.Free, $$"""{"type":1,"target":"{{nameof(ISignalingHub.Leave)}}","arguments":[{"room":"{{room}}"}]}""", out var bytes),
            bytes);
    }

    /// <summary>Its invocation id says which signal it was, so that nothing needs to be kept until it completes.</summary>
    public static Record Send(string room, string to, int receiver, in SignalTag tag, SignalBody body)
    {
        var record = new Record(Envelope + body.Json.Length);
        return record.End(
            Utf8.TryWrite(
                record.Free,
                $$"""{"type":1,"target":"{{nameof(ISignalingHub.Send)}}","invocationId":"{{receiver}}.{{tag.Seq}}","arguments":[{"room":"{{room}}","to":"{{to}}","traceparent":"{{tag}}",{{body.Json.AsSpan()}}}]}""",
                out var bytes),
            bytes);
    }

    /// <summary>Which signal an invocation id of <see cref="Send"/> stands for.</summary>
    public static bool TryReadId(string? id, out int receiver, out long seq)
    {
        (receiver, seq) = (0, 0);
        var dot = id?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && int.TryParse(id.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out receiver)
            && long.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out seq);
    }
}
