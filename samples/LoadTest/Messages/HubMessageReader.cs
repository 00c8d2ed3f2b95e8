using System.Text.Json;
using Signaling.Contracts;

namespace Signaling.LoadTest.Messages;

/// <summary>Reads a record of SignalR's JSON protocol in one pass, and skips what nobody asks for.</summary>
internal static class HubMessageReader
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const int Close = 7;

    /// <exception cref="JsonException">The record is not JSON of that shape.</exception>
    public static HubMessage Read(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        var message = default(HubMessage);
        var type = 0;
        var target = HubMessageType.Other;
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("A record is an object.");
        while (NextField(ref reader))
        {
            if (reader.ValueTextEquals("type"u8)) type = Advance(ref reader).GetInt32();
            else if (reader.ValueTextEquals("target"u8)) target = TargetOf(ref Advance(ref reader));
            else if (reader.ValueTextEquals("invocationId"u8)) message.InvocationId = Advance(ref reader).GetString();
            else if (reader.ValueTextEquals("error"u8)) message.Error = Advance(ref reader).GetString();
            else if (reader.ValueTextEquals("arguments"u8)) ReadArguments(ref Advance(ref reader), ref message);
            else Advance(ref reader).Skip();
        }

        message.Type = type switch
        {
            0 => HubMessageType.HandshakeDone,
            Invocation => target,
            Completion => HubMessageType.Completion,
            Close => HubMessageType.Close,
            _ => HubMessageType.Other,
        };
        return message;
    }

    private static HubMessageType TargetOf(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(nameof(ISignalingClient.Signal)) ? HubMessageType.Signal
        : reader.ValueTextEquals(nameof(ISignalingClient.Welcome)) ? HubMessageType.Welcome
        : reader.ValueTextEquals(nameof(ISignalingClient.PeerJoined)) ? HubMessageType.PeerJoined
        : reader.ValueTextEquals(nameof(ISignalingClient.PeerLeft)) ? HubMessageType.PeerLeft
        : HubMessageType.Other;

    private static void ReadArguments(ref Utf8JsonReader reader, ref HubMessage message)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) ReadArgument(ref reader, ref message);
            else reader.Skip();
        }
    }

    /// <summary>The fields of all messages have different names, so that one reading serves them all.</summary>
    private static void ReadArgument(ref Utf8JsonReader reader, ref HubMessage message)
    {
        while (NextField(ref reader))
        {
            if (reader.ValueTextEquals("peerId"u8)) message.PeerId = Advance(ref reader).GetString();
            else if (reader.ValueTextEquals("traceparent"u8)) message.Tag = TagOf(ref Advance(ref reader));
            else if (reader.ValueTextEquals("description"u8)) message.Kind = DescriptionOf(ref Advance(ref reader));
            else if (reader.ValueTextEquals("candidates"u8)) message.Kind = KindOf(ref Advance(ref reader), SignalKind.Candidates);
            else if (reader.ValueTextEquals("peer"u8)) (message.Peers ??= []).Add(MateOf(ref Advance(ref reader)));
            else if (reader.ValueTextEquals("roster"u8)) message.Peers = RosterOf(ref Advance(ref reader));
            else Advance(ref reader).Skip();
        }
    }

    private static SignalTag? TagOf(ref Utf8JsonReader reader) => SignalTag.TryRead(reader.ValueSpan, out var tag) ? tag : null;

    private static SignalKind KindOf(ref Utf8JsonReader reader, SignalKind kind)
    {
        reader.Skip();
        return kind;
    }

    private static SignalKind DescriptionOf(ref Utf8JsonReader reader)
    {
        var kind = SignalKind.Offer;
        while (NextField(ref reader))
        {
            var isType = reader.ValueTextEquals("type"u8);
            Advance(ref reader);
            if (isType && reader.ValueTextEquals("answer"u8)) kind = SignalKind.Answer;
            reader.Skip();
        }

        return kind;
    }

    private static List<Mate> RosterOf(ref Utf8JsonReader reader)
    {
        var peers = new List<Mate>();
        while (NextField(ref reader))
        {
            var isPeers = reader.ValueTextEquals("peers"u8);
            Advance(ref reader);
            if (!isPeers) reader.Skip();
            else while (reader.Read() && reader.TokenType is JsonTokenType.StartObject) peers.Add(MateOf(ref reader));
        }

        return peers;
    }

    private static Mate MateOf(ref Utf8JsonReader reader)
    {
        string? id = null, name = null;
        while (NextField(ref reader))
        {
            if (reader.ValueTextEquals("id"u8)) id = Advance(ref reader).GetString();
            else if (reader.ValueTextEquals("name"u8)) name = Advance(ref reader).GetString();
            else Advance(ref reader).Skip();
        }

        return new Mate(id ?? throw new JsonException("A peer has an id."), name);
    }

    private static bool NextField(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    private static ref Utf8JsonReader Advance(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }
}
