using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Signaling.Contracts;

namespace Signaling.Client.Rooms.Links;

/// <summary>Whether a signal fits into a hub message.</summary>
internal static class SignalSize
{
    // {"type":1,"invocationId":"…","target":"Send","arguments":[…]} and the record separator.
    private const int Envelope = 96;

    private static readonly JsonTypeInfo<Signal> Type = (JsonTypeInfo<Signal>)SignalingJson.Options.GetTypeInfo(typeof(Signal));

    public static string LongestId { get; } = new('x', SignalingLimits.MaxIdLength);

    public static bool Fits(Signal signal) =>
        JsonSerializer.SerializeToUtf8Bytes(signal, Type).Length + Envelope <= SignalingLimits.MaxMessageBytes;
}
