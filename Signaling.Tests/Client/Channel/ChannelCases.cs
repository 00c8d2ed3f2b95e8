using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Signaling.Client.Channel;

namespace Signaling.Tests.Client.Channel;

/// <summary>channel-cases.json: what the reliable channel does, call by call, for every language.</summary>
internal sealed record ChannelCases(string About, List<ChannelCase> Cases)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string File => Path.Combine(SourceTree.Root, "Signaling.Client", "channel-cases.json");

    public static ChannelCases Parse(string text) => JsonSerializer.Deserialize<ChannelCases>(text, Json)!;

    /// <summary>One step a line, so that a change can be read in a diff.</summary>
    public override string ToString()
    {
        var cases = Cases.Select(one =>
            $"    {{ \"name\": {JsonSerializer.Serialize(one.Name, Json)}, \"steps\": [\n"
            + string.Join(",\n", one.Steps.Select(step => "      " + JsonSerializer.Serialize(step, Json)))
            + "\n    ] }");
        return $"{{\n  \"about\": {JsonSerializer.Serialize(About, Json)},\n  \"cases\": [\n{string.Join(",\n", cases)}\n  ]\n}}\n";
    }
}

/// <summary>Calls to one channel, from its beginning.</summary>
internal sealed record ChannelCase(string Name, List<ChannelStep> Steps);

/// <summary>One call with what goes in and what must come out; which fields are there depends on the call.</summary>
internal sealed record ChannelStep
{
    public required string Call { get; init; }

    public required long Now { get; init; }

    public long? Seq { get; init; }

    public long? Ack { get; init; }

    public string? Payload { get; init; }

    /// <summary>How many payloads the app takes during this call.</summary>
    public int? Room { get; init; }

    public List<string>? Delivered { get; init; }

    public long? Result { get; init; }

    public List<ChannelFrame>? Frames { get; init; }

    public long? NextTimer { get; init; }

    public static List<string>? Delivering(int room, Action<Func<string, bool>> call)
    {
        var delivered = new List<string>();
        call(payload =>
        {
            if (delivered.Count >= room) return false;
            delivered.Add(payload);
            return true;
        });
        return delivered.Count > 0 ? delivered : null;
    }
}

/// <summary>A frame that the channel wants sent.</summary>
internal sealed record ChannelFrame(long? Seq, long Ack, string? Payload)
{
    public static ChannelFrame Of(Frame<string> frame) => new(frame.Seq, frame.Ack, frame.Payload);
}
